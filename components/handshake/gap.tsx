import { cn } from '@/components/ui/cn'
import { spanWords } from './span-words'

/** Pixels per second; a longer gap is drawn broken. */
const PX_PER_SECOND = 28
const LEAST_PX = 10
const MOST_PX = 98
const NOTABLE_MS = 1000

type GapProps = {
  /** milliseconds between two lines; `null` before a pending step */
  readonly ms: number | null
  readonly isPersons: boolean
  readonly className?: string
}

/** The time between two lines, to scale. */
export function Gap({ ms, isPersons, className }: GapProps) {
  const whole = ((ms ?? 0) / 1000) * PX_PER_SECOND
  const height = Math.min(MOST_PX, Math.max(LEAST_PX, whole))
  const isBroken = whole > MOST_PX
  return (
    <div aria-hidden className={cn('flex items-center', className)} style={{ height }}>
      <span
        className={cn('-ml-px h-full border-l-2', (ms === null || isBroken) && 'border-dashed')}
      />
      {ms !== null && ms >= NOTABLE_MS ? (
        <span className="pl-6 text-2xs text-muted">
          {ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : spanWords(ms)}
          {isPersons ? ', a person' : ''}
          {isBroken ? ', not to scale' : ''}
        </span>
      ) : null}
    </div>
  )
}
