import type { HandshakeView, StageView } from '@/lib/admin/handshake-views'
import type { EventRow } from '@/lib/admin/views'
import type { StageId } from '@/lib/handshake/handshake'
import { stageWords } from '@/lib/handshake/words'

/** What a handshake is held against. */
export type Comparison = 'golden' | 'last' | 'none'

/** How long a step took beside how long it takes otherwise. */
export type Compared = { readonly words: string; readonly isSlow: boolean }

/** A line of the timeline: a step, or an event that is no step's. */
export type TimelineItem = {
  readonly key: string
  /** `null` for an event beside the steps */
  readonly step: StageView | null
  readonly events: readonly EventRow[]
  /** milliseconds after the first event; `null` for what has not happened */
  readonly offsetMs: number | null
  /** milliseconds after the line before */
  readonly sinceMs: number | null
  /** a person took that time */
  readonly isPersons: boolean
  readonly compared: Compared | null
}

const persons: readonly StageId[] = ['signed-in', 'consent-shown', 'decided']
const order = Object.keys(stageWords) as StageId[]
/** What is a little slower than usual is not slow. */
const slowFactor = 2
/** After it all, only so many events are shown; the log has the rest. */
const mostAfter = 8

const seconds = (ms: number): string =>
  ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`

/** `+0.72 s` after the first request. */
export const offsetWords = (ms: number): string =>
  ms < 60_000
    ? `+${(ms / 1000).toFixed(2)} s`
    : `+${Math.floor(ms / 60_000)}:${String(Math.floor((ms % 60_000) / 1000)).padStart(2, '0')} min`

function againstGolden(view: HandshakeView, id: StageId, tookMs: number): Compared | null {
  const range = view.golden.find(({ stage }) => stage === id)?.afterMs
  if (!range || range[1] === 0) return null
  const [least, most] = range
  const words = least === 0 ? `up to ${seconds(most)}` : `${seconds(least)} – ${seconds(most)}`
  return { words: `usual ${words}`, isSlow: tookMs > most * slowFactor + 100 }
}

function againstLast(view: HandshakeView, id: StageId, tookMs: number): Compared | null {
  const offsets = view.lastGood?.offsets
  const at = offsets?.[id]
  if (!offsets || at === undefined) return null
  const before = order
    .slice(0, order.indexOf(id))
    .flatMap((stage) => offsets[stage] ?? [])
    .filter((offset) => offset <= at)
  if (before.length === 0) return null
  const took = at - Math.max(...before)
  const isPersons = persons.includes(id)
  return { words: `then ${seconds(took)}`, isSlow: !isPersons && tookMs > took * slowFactor + 500 }
}

function comparedTo(
  comparison: Comparison,
  view: HandshakeView,
  { id, state }: StageView,
  tookMs: number | null,
): Compared | null {
  if (comparison === 'none' || state !== 'done' || tookMs === null) return null
  return comparison === 'golden' ? againstGolden(view, id, tookMs) : againstLast(view, id, tookMs)
}

type Entry = { readonly at: number; readonly step: StageView | null; readonly events: EventRow[] }

/** What happened, in the order of time; steps before the events beside them. */
function happened({ stages, events }: HandshakeView): { entries: Entry[]; after: number } {
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
  const beside = events
    .filter(({ id }) => !own.has(id))
    .map((event): Entry => ({ at: Date.parse(event.at), step: null, events: [event] }))
  const before = beside.filter(({ at }) => at <= last)
  const later = beside.filter(({ at }) => at > last)
  const shown = [...steps, ...before, ...later.slice(0, mostAfter)]
  return { entries: shown.sort((a, b) => a.at - b.at), after: later.length - mostAfter }
}

/** Steps that left no event stand before the first step after them that did. */
function withUnseen(
  entries: readonly Entry[],
  unseen: readonly StageView[],
): (Entry | StageView)[] {
  const lines: (Entry | StageView)[] = [...entries]
  for (const stage of unseen) {
    const next = lines.findIndex((line) => {
      const id = 'events' in line && 'step' in line ? line.step?.id : line.id
      return id !== undefined && order.indexOf(id) > order.indexOf(stage.id)
    })
    lines.splice(next === -1 ? lines.length : next, 0, stage)
  }
  return lines
}

const isEntry = (line: Entry | StageView): line is Entry => 'step' in line

/** The lines of a timeline, and how many events after it are left to the log. */
export function timelineItems(
  view: HandshakeView,
  comparison: Comparison,
): { readonly items: readonly TimelineItem[]; readonly more: number } {
  const { entries, after } = happened(view)
  const start = entries[0]?.at ?? 0
  let previous: number | null = null
  const items = withUnseen(
    entries,
    view.stages.filter(({ at }) => at === null),
  ).map((line): TimelineItem => {
    if (!isEntry(line)) {
      const none = { offsetMs: null, sinceMs: null, isPersons: false, compared: null }
      return { key: line.id, step: line, events: [], ...none }
    }
    const { at, step, events } = line
    const sinceMs: number | null = previous === null ? null : at - previous
    previous = at
    return {
      key: step?.id ?? events[0]?.id ?? String(at),
      step,
      events,
      offsetMs: at - start,
      sinceMs,
      isPersons: step !== null && persons.includes(step.id),
      compared: step ? comparedTo(comparison, view, step, sinceMs) : null,
    }
  })
  return { items, more: Math.max(0, after) }
}
