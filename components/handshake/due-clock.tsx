'use client'
import { Badge } from '@/components/ui/badge'
import { spanWords } from './span-words'
import { useServerClock } from './use-server-clock'

type DueClockProps = {
  /** ISO 8601 */
  readonly dueAt: string
  /** ISO 8601: the server's clock at rendering */
  readonly now: string
}

/** Counts down to when a step is due, then shows how long it is overdue. */
export function DueClock({ dueAt, now }: DueClockProps) {
  const due = Date.parse(dueAt)
  const at = useServerClock(now, true)
  const isMissing = at >= due
  return (
    <Badge tone={isMissing ? 'warn' : 'accent'} className="tabular-nums" title={dueAt}>
      {isMissing
        ? `missing for ${spanWords(at - due)}`
        : `due in ${Math.ceil((due - at) / 1000)} s`}
    </Badge>
  )
}
