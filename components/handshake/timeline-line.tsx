'use client'
import { memo } from 'react'
import { LogFacts } from '@/components/kit/log-facts'
import { OutcomeMark } from '@/components/kit/outcome-mark'
import { cn } from '@/components/ui/cn'
import type { TimelineLane } from './lanes'
import { LaneBar, LineMarks } from './line-marks'
import { LineTitle, LineWhy } from './line-text'
import { StepFacts } from './step-facts'
import { StepMark } from './step-mark'
import type { TimelineItem } from './timeline-items'

export type TimelineLineProps = {
  readonly item: TimelineItem
  readonly lane: TimelineLane | undefined
  readonly isLast: boolean
  /** ISO 8601: the server's clock */
  readonly now: string
  readonly open: boolean
  readonly onToggle: (key: string) => void
  /** the log's path, for links that filter; `null` without a dashboard */
  readonly logPath: string | null
}

const lineGrid = [
  'grid gap-x-3 grid-cols-[1.375rem_minmax(0,1fr)]',
  "[grid-template-areas:'mark_step'_'mark_lane'_'mark_facts']",
  'sm:grid-cols-[4.75rem_1.375rem_minmax(0,1fr)]',
  "sm:[grid-template-areas:'time_mark_step'_'._mark_lane'_'._mark_facts']",
  'lg:grid-cols-[4.75rem_1.375rem_minmax(0,1fr)_15rem]',
  "lg:[grid-template-areas:'time_mark_step_lane'_'._mark_facts_facts']",
].join(' ')

/** `+0.72 s` after the first request. */
const offsetWords = (ms: number): string =>
  ms < 60_000
    ? `+${(ms / 1000).toFixed(2)} s`
    : `+${Math.floor(ms / 60_000)}:${String(Math.floor((ms % 60_000) / 1000)).padStart(2, '0')} min`

function Opened({ item, logPath }: Pick<TimelineLineProps, 'item' | 'logPath'>) {
  return (
    <div className="mt-2 grid gap-2 [grid-area:facts]">
      {item.events.map((event) => (
        <div key={event.id} className="overflow-hidden rounded-lg border [&>div]:border-t-0">
          <LogFacts row={event} path={logPath} inHandshake />
        </div>
      ))}
    </div>
  )
}

function Mark({ item: { step, events } }: Pick<TimelineLineProps, 'item'>) {
  const [first] = events
  if (step) return <StepMark state={step.state} />
  return (
    <span className="grid size-5.5 place-items-center rounded-full bg-surface">
      {first ? <OutcomeMark outcome={first.outcome} /> : null}
    </span>
  )
}

function toneOf({ step, isPersons, usual }: TimelineItem) {
  if (step === null) return 'beside'
  if (step.state === 'failed') return 'bad'
  if (usual?.isSlow) return 'warn'
  return isPersons ? 'person' : 'ok'
}

/** One line of the timeline: a step or an event, with all details when expanded. */
export const TimelineLine = memo(function TimelineLine(props: TimelineLineProps) {
  const { item, now, open, lane, isLast } = props
  const { step, events, offsetMs } = item
  const shown = step?.state === 'failed' ? events.at(-1) : events[0]
  return (
    <div id={step ? `step-${step.id}` : undefined} className={lineGrid}>
      <span className="pt-0.5 text-right font-mono text-muted text-xs tabular-nums [grid-area:time] max-sm:hidden">
        {offsetMs === null ? null : offsetWords(offsetMs)}
      </span>
      <span className="relative flex justify-center pt-px [grid-area:mark]">
        {isLast ? null : (
          <span
            aria-hidden
            className={cn(
              'absolute inset-y-0 left-1/2 -ml-px border-l-2',
              offsetMs === null && 'border-dashed',
            )}
          />
        )}
        <span className="relative h-fit rounded-full bg-surface">
          <Mark item={item} />
        </span>
      </span>
      <span className="grid min-h-6 content-start gap-1 [grid-area:lane] lg:pt-1.5 lg:text-right">
        {lane ? (
          <span className="max-lg:hidden">
            <LaneBar lane={lane} tone={toneOf(item)} />
          </span>
        ) : null}
        <span>
          <LineMarks item={item} now={now} />
        </span>
      </span>
      <div className="grid min-w-0 content-start gap-0.5 [grid-area:step]">
        <LineTitle {...props} />
        <LineWhy item={item} />
        {shown ? <StepFacts event={shown} /> : null}
      </div>
      {open ? <Opened {...props} /> : null}
    </div>
  )
})
