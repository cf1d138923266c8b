import { Badge } from '@/components/ui/badge'
import { cn } from '@/components/ui/cn'
import { shortSpan } from './compare'
import { DueClock } from './due-clock'
import type { TimelineLane } from './lanes'
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

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`

type LaneBarProps = {
  readonly lane: TimelineLane
  readonly tone: 'ok' | 'warn' | 'bad' | 'person' | 'beside'
}

const tones: Record<LaneBarProps['tone'], string> = {
  ok: 'bg-ok',
  warn: 'bg-warn',
  bad: 'bg-bad',
  person: 'bg-line-strong',
  beside: 'bg-line-strong',
}

/** A step's start and end on the common scale, with its typical duration below. */
export function LaneBar({ lane, tone }: LaneBarProps) {
  const { from, to, usualTo } = lane
  return (
    <span aria-hidden className="relative block h-2.5 w-full">
      <span className="absolute inset-x-0 top-0 h-1.5 rounded-[1px] bg-sunken" />
      <span
        className={cn('absolute top-0 h-1.5 min-w-0.5 rounded-[1px]', tones[tone])}
        style={{ left: percent(from), width: percent(to - from) }}
      />
      {usualTo === null ? null : (
        <span
          className="absolute bottom-0 h-0.5 bg-line-strong"
          style={{ left: percent(from), width: percent(usualTo - from) }}
        />
      )}
    </span>
  )
}
