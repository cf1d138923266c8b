'use client'
import { ChevronRight } from 'lucide-react'
import { presentEvent } from '@/components/kit/event-presentation'
import { SectionLink } from '@/components/kit/section-link'
import { cn } from '@/components/ui/cn'
import { stageWords } from '@/lib/handshake/words'
import type { TimelineItem } from './timeline-items'

type LineTitleProps = {
  readonly item: TimelineItem
  readonly open: boolean
  readonly onToggle: (key: string) => void
}

/** The name of a line, which expands it if it has details. */
export function LineTitle({ item, open, onToggle }: LineTitleProps) {
  const { step, events, key } = item
  const [first] = events
  const times = events.reduce((sum, { count }) => sum + count, 0)
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
      {times > 1 ? <span className="text-muted text-xs">×{times}</span> : null}
      <ChevronRight
        aria-hidden
        className={cn('size-3.5 text-muted transition-transform', open && 'rotate-90')}
      />
    </button>
  )
}

/** A step's purpose and specification; an event's description, or why a step was refused. */
export function LineWhy({ item }: { item: TimelineItem }) {
  const { step, events } = item
  const explained = events.at(-1)
  if (step?.state === 'pending' || step?.state === 'skipped') return null
  return (
    <>
      {step ? (
        <p className="text-pretty text-muted text-xs">
          {stageWords[step.id].purpose} <SectionLink section={stageWords[step.id].section} />
        </p>
      ) : null}
      {explained && (step === null || step.state === 'failed') ? (
        <p
          className={cn(
            'text-pretty text-xs',
            explained.outcome === 'ok' ? 'text-muted' : 'text-warn-ink',
          )}
        >
          {presentEvent(explained).sentence}
        </p>
      ) : null}
    </>
  )
}
