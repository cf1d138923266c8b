'use client'
import { ChevronRight } from 'lucide-react'
import { memo } from 'react'
import { presentEvent } from '@/components/admin/event-presentation'
import { LogFacts } from '@/components/admin/log/log-facts'
import { OutcomeMark } from '@/components/admin/log/outcome-mark'
import { SectionLink } from '@/components/admin/log/section-link'
import { Badge } from '@/components/ui/badge'
import { cn } from '@/components/ui/cn'
import { stageWords } from '@/lib/handshake/words'
import { DueClock } from './due-clock'
import { StepFacts } from './step-facts'
import { StepMark } from './step-mark'
import { offsetWords, type TimelineItem } from './timeline-items'

export type TimelineLineProps = {
  readonly item: TimelineItem
  /** ISO 8601: the server's clock */
  readonly now: string
  readonly open: boolean
  readonly onToggle: (key: string) => void
  /** of the log, for links that filter; `null` for those who have no dashboard */
  readonly logPath: string | null
  readonly sections: Readonly<Record<string, string>>
}

function Title({ item, open, onToggle }: Pick<TimelineLineProps, 'item' | 'open' | 'onToggle'>) {
  const { step, events, key } = item
  const [first] = events
  const label = step ? stageWords[step.id].label : first ? presentEvent(first).label : key
  const text = cn('font-medium', step?.state === 'pending' && 'font-normal text-muted')
  if (events.length === 0) return <span className={cn(text, 'text-sm')}>{label}</span>
  return (
    <button
      type="button"
      data-row
      aria-expanded={open}
      onClick={() => onToggle(key)}
      className={cn(
        text,
        'inline-flex min-h-6 items-center gap-1 rounded-sm text-left text-sm hover:text-accent-ink',
        step === null && 'font-normal text-muted',
      )}
    >
      {label}
      {events.length > 1 ? <span className="text-muted text-xs">×{events.length}</span> : null}
      <ChevronRight
        aria-hidden
        className={cn('size-3.5 text-muted transition-transform', open && 'rotate-90')}
      />
    </button>
  )
}

function Marks({ item, now }: Pick<TimelineLineProps, 'item' | 'now'>) {
  const { step, compared } = item
  if (compared) {
    return compared.isSlow ? (
      <Badge tone="warn">slow, {compared.words}</Badge>
    ) : (
      <span className="text-2xs text-muted">{compared.words}</span>
    )
  }
  if (!step) return null
  if (step.dueAt && (step.state === 'waiting' || step.state === 'missing')) {
    return <DueClock dueAt={step.dueAt} now={now} />
  }
  if (step.state === 'waiting') return <Badge tone="accent">waiting for a person</Badge>
  if (step.state === 'missing') return <Badge tone="warn">missing</Badge>
  if (step.state === 'failed') return <Badge tone="bad">refused</Badge>
  return step.state === 'skipped' ? <span className="text-2xs text-muted">not needed</span> : null
}

function Why({ item }: Pick<TimelineLineProps, 'item'>) {
  const { step, events } = item
  const told = events.at(-1)
  if (step?.state === 'pending' || step?.state === 'skipped') return null
  return (
    <>
      {step ? (
        <p className="text-pretty text-muted text-xs">
          {stageWords[step.id].purpose} <SectionLink section={stageWords[step.id].section} />
        </p>
      ) : null}
      {told && (step === null || told.outcome !== 'ok') ? (
        <p
          className={cn(
            'text-pretty text-xs',
            told.outcome === 'ok' ? 'text-muted' : 'text-warn-ink',
          )}
        >
          {presentEvent(told).sentence}
        </p>
      ) : null}
    </>
  )
}

function Opened({
  item,
  logPath,
  sections,
}: Pick<TimelineLineProps, 'item' | 'logPath' | 'sections'>) {
  return (
    <div className="mt-2 grid gap-2">
      {item.events.map((event) => (
        <div key={event.id} className="overflow-hidden rounded-lg border [&>div]:border-t-0">
          <LogFacts row={event} path={logPath} section={sections[event.name]} />
        </div>
      ))}
    </div>
  )
}

/** One line of the timeline: a step or an event, its facts, and all of it when opened. */
export const TimelineLine = memo(function TimelineLine(props: TimelineLineProps) {
  const { item, open } = props
  const { step, events, offsetMs } = item
  const [first] = events
  return (
    <div
      id={step ? `step-${step.id}` : undefined}
      className="grid grid-cols-[1.375rem_minmax(0,1fr)] gap-x-3 sm:grid-cols-[4.75rem_1.375rem_minmax(0,1fr)]"
    >
      <span className="pt-0.5 text-right font-mono text-muted text-xs tabular-nums max-sm:hidden">
        {offsetMs === null ? null : offsetWords(offsetMs)}
      </span>
      <span className="flex justify-center pt-px">
        {step ? (
          <StepMark state={step.state} />
        ) : first ? (
          <span className="grid size-5.5 place-items-center">
            <OutcomeMark outcome={first.outcome} />
          </span>
        ) : null}
      </span>
      <div className="grid min-w-0 gap-0.5">
        <div className="flex min-h-6 flex-wrap items-center justify-between gap-x-3">
          <Title {...props} />
          <Marks {...props} />
        </div>
        <Why item={item} />
        {first ? <StepFacts event={first} /> : null}
        {open ? <Opened {...props} /> : null}
      </div>
    </div>
  )
})
