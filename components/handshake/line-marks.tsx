import { Badge } from '@/components/ui/badge'
import { shortSpan } from './compare'
import { DueClock } from './due-clock'
import type { TimelineItem } from './timeline-items'

/** How long a line took, and its typical duration. */
function Took({ item: { sinceMs, usual, isPersons } }: { item: TimelineItem }) {
  if (sinceMs === null) return null
  return (
    <span className="whitespace-nowrap text-2xs text-muted tabular-nums">
      {usual?.isSlow ? (
        <Badge tone="warn">slow: {shortSpan(sinceMs)}</Badge>
      ) : (
        <span className="text-ink">{shortSpan(sinceMs)}</span>
      )}
      {usual ? `${usual.isSlow ? ' ' : ', '}${usual.words}` : isPersons ? ', a person' : null}
    </span>
  )
}

type LineMarksProps = {
  readonly item: TimelineItem
  /** ISO 8601: the server's clock */
  readonly now: string
}

/** The state of a line: its duration, or what it waits for. */
export function LineMarks({ item, now }: LineMarksProps) {
  const { step } = item
  if (step?.state === 'done' || !step) return <Took item={item} />
  const isDue = step.state === 'waiting' || step.state === 'missing'
  if (step.dueAt && isDue) return <DueClock dueAt={step.dueAt} now={now} />
  if (step.state === 'waiting') return <Badge tone="accent">waiting for a person</Badge>
  if (step.state === 'missing') return <Badge tone="warn">missing</Badge>
  if (step.state === 'failed') return <Badge tone="bad">refused</Badge>
  return step.state === 'skipped' ? <span className="text-2xs text-muted">not needed</span> : null
}
