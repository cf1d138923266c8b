import type { EventSource, NewEvent } from '@/lib/store/events'

/**
 * Events as the texts in which they are written. Most of a busy server's are calls of one program in a
 * row: who they came from is written once for all of them, and would be half of each.
 */

/** An event without its source, and the beginning of its run: that of the event before, or a new one. */
export type RunItem = { readonly begin: string; readonly json: string }

/** With every member named, so that one that is added cannot be forgotten here. */
type Whole<Type> = { [Member in keyof Required<Type>]: Type[Member] }

/** An event beside its source, and `at` in milliseconds since 1970. */
type Written = Whole<Omit<NewEvent, 'at' | keyof EventSource>> & { readonly ms: number }

const isSame = (one: EventSource, other: EventSource): boolean =>
  one.grantId === other.grantId &&
  one.sessionId === other.sessionId &&
  one.interactionId === other.interactionId &&
  one.clientId === other.clientId &&
  one.userId === other.userId &&
  one.address === other.address &&
  one.network === other.network &&
  one.userAgent === other.userAgent &&
  one.agent === other.agent &&
  one.method === other.method &&
  one.path === other.path &&
  // an object anew for each request; most have none
  one.edge === undefined &&
  other.edge === undefined

function beginningOf(event: EventSource): string {
  const { method, path, address, network, userAgent, agent, edge } = event
  const { clientId, interactionId, grantId, sessionId, userId } = event
  const source: Whole<EventSource> = {
    ...{ method, path, address, network, userAgent, agent, edge },
    ...{ clientId, interactionId, grantId, sessionId, userId },
  }
  return `{"source":${JSON.stringify(source)},"events":[`
}

/** The source of the event before, and the beginning of its run. */
let before: { source: EventSource; begin: string } | null = null

/** An event as a part of a run. */
export function runItem(event: NewEvent): RunItem {
  const begin = before !== null && isSame(event, before.source) ? before.begin : beginningOf(event)
  before = { source: event, begin }
  const { name, outcome, requestId, status, durationMs, detail, fold } = event
  // a date would take as long to put into JSON as everything else
  const ms = event.at.getTime()
  const written: Written = { ms, name, outcome, requestId, status, durationMs, detail, fold }
  return { begin, json: JSON.stringify(written) }
}

/**
 * An array of runs, as `insertRunsJson` takes it. It is concatenated, which copies the texts once,
 * when they are sent; to join them would do so before.
 */
export function runsOf(items: readonly RunItem[]): string {
  let text = '['
  let open: string | null = null
  for (const { begin, json } of items) {
    if (begin === open) text += `,${json}`
    else text += `${open === null ? '' : ']},'}${begin}${json}`
    open = begin
  }
  return open === null ? '[]' : `${text}]}]`
}
