import { Notice, Stage } from '@/components/stage'

/** What stands at a link that has expired, was withdrawn, or never was: all three look alike. */
export default function ShareEnded() {
  return (
    <Stage>
      <Notice title="This link has ended">
        <p>It has expired or was withdrawn. Ask whoever gave it to you for another one.</p>
      </Notice>
    </Stage>
  )
}
