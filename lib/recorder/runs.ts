import { type EventSource, known, type NewEvent, ownNames, sourceNames } from '@/lib/events/fields'

/**
 * Events as the texts in which they are written. Most of a busy server's are calls of one program in a
 * row: who they came from is written once for all of them, and would be half of each.
 */

/** An event without its source, and the beginning of its run: that of the event before, or a new one. */
export type RunItem = { readonly begin: string; readonly json: string }

/** One that an edge has marked is the same only in its own request: the marks are an object anew for each. */
const isSame = (one: EventSource, other: EventSource): boolean =>
  sourceNames.every((name) => one[name] === other[name])

const beginningOf = (event: EventSource): string =>
  `{"source":${JSON.stringify(known(event, sourceNames))},"events":[`

/** The source of the event before, and the beginning of its run. */
let before: { source: EventSource; begin: string } | null = null

/** An event as a part of a run. */
export function runItem(event: NewEvent): RunItem {
  const begin = before !== null && isSame(event, before.source) ? before.begin : beginningOf(event)
  before = { source: event, begin }
  // a date would take as long to put into JSON as everything else
  const ms = event.at.getTime()
  return { begin, json: JSON.stringify({ ms, ...known(event, ownNames) }) }
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
