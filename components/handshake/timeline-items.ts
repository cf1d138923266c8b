import type { HandshakeData, StageView } from '@/lib/admin/handshakes/views'
import type { EventRow } from '@/lib/admin/views'
import { type Comparison, personSteps, stageOrder, type Usual, usualOf } from './compare'

/** A line of the timeline: a step, or an event outside the steps. */
export type TimelineItem = {
  readonly key: string
  /** `null` for an event outside the steps */
  readonly step: StageView | null
  readonly events: readonly EventRow[]
  /** milliseconds after the first event; `null` if it has not happened */
  readonly offsetMs: number | null
  /** milliseconds after the previous line */
  readonly sinceMs: number | null
  /** the time was a user's */
  readonly isPersons: boolean
  readonly usual: Usual | null
}

/** The most events shown after the handshake; the log has the rest. */
const mostAfter = 8

type Entry = { readonly at: number; readonly step: StageView | null; readonly events: EventRow[] }

/** What happened, by time; steps before the events beside them. */
function happened({ stages, events }: HandshakeData): { entries: Entry[]; more: number } {
  const byId = new Map(events.map((event) => [event.id, event]))
  const own = new Set(stages.flatMap((stage) => stage.events))
  const steps = stages.flatMap((step): Entry[] =>
    step.at === null
      ? []
      : [
          {
            at: Date.parse(step.at),
            step,
            events: step.events.flatMap((id) => byId.get(id) ?? []),
          },
        ],
  )
  const last = Math.max(0, ...steps.map(({ at }) => at))
  const otherEvents = events
    .filter(({ id }) => !own.has(id))
    .map((event): Entry => ({ at: Date.parse(event.at), step: null, events: [event] }))
  const before = otherEvents.filter(({ at }) => at <= last)
  const later = otherEvents.filter(({ at }) => at > last)
  const entries = [...steps, ...before, ...later.slice(0, mostAfter)].sort((a, b) => a.at - b.at)
  return { entries, more: Math.max(0, later.length - mostAfter) }
}

const missingLine = (step: StageView): TimelineItem => ({
  key: step.id,
  step,
  events: [],
  offsetMs: null,
  sinceMs: null,
  isPersons: false,
  usual: null,
})

/** Steps without an event come before the next step that has one. */
function withMissing(items: readonly TimelineItem[], stages: readonly StageView[]): TimelineItem[] {
  const lines = [...items]
  for (const stage of stages) {
    const place = stageOrder.indexOf(stage.id)
    const next = lines.findIndex(({ step }) => step && stageOrder.indexOf(step.id) > place)
    lines.splice(next === -1 ? lines.length : next, 0, missingLine(stage))
  }
  return lines
}

/** The lines of a timeline, and the number of later events that only the log shows. */
export function timelineItems(
  view: HandshakeData,
  comparison: Comparison,
): { readonly items: readonly TimelineItem[]; readonly more: number } {
  const { entries, more } = happened(view)
  const start = entries[0]?.at ?? 0
  const items = entries.map(({ at, step, events }, place): TimelineItem => {
    const before = entries[place - 1]
    const sinceMs = before ? at - before.at : null
    const isCompared = step?.state === 'done' && sinceMs !== null
    return {
      key: step?.id ?? events[0]?.id ?? String(at),
      step,
      events,
      offsetMs: at - start,
      sinceMs,
      isPersons: step !== null && personSteps.includes(step.id),
      usual: isCompared ? usualOf(comparison, view, step.id, sinceMs) : null,
    }
  })
  const missing = view.stages.filter(({ at }) => at === null)
  return { items: withMissing(items, missing), more }
}
