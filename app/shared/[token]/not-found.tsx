import { Notice, SinglePage } from '@/components/stage'

/** Shown for expired, withdrawn and unknown links: all three look alike. */
export default function ShareEnded() {
  return (
    <SinglePage>
      <Notice title="This link has ended">
        <p>It has expired or was withdrawn. Ask whoever gave it to you for another one.</p>
      </Notice>
    </SinglePage>
  )
}
