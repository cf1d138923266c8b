import { presentEvent } from '@/components/kit/event-presentation'
import { SectionLink } from '@/components/kit/section-link'
import { cn } from '@/components/ui/cn'
import { stageWords } from '@/lib/handshake/words'
import type { TimelineItem } from './timeline-items'

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
