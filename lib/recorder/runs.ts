import { type EventSource, known, type NewEvent, ownNames, sourceNames } from '@/lib/events/fields'

/**
 * Events in the text form in which they are written. Most events of a busy server are consecutive calls of
 * one program: their source is written once for all of them, and would be half of each.
 */

/** An event without its source, and the beginning of its run, shared with the event before or new. */
export type RunItem = { readonly begin: string; readonly json: string }

/** Events with edge marks share a source only within their request: each has its own object of marks. */
const isSame = (one: EventSource, other: EventSource): boolean =>
  sourceNames.every((name) => one[name] === other[name])

const beginningOf = (event: EventSource): string =>
  `{"source":${JSON.stringify(known(event, sourceNames))},"events":[`

/** The source of the previous event, and the beginning of its run. */
let before: { source: EventSource; begin: string } | null = null

/** An event as part of a run. */
export function runItem(event: NewEvent): RunItem {
  const begin = before !== null && isSame(event, before.source) ? before.begin : beginningOf(event)
  before = { source: event, begin }
  // a date would take as long to serialise as everything else
  const ms = event.at.getTime()
  return { begin, json: JSON.stringify({ ms, ...known(event, ownNames) }) }
}

/**
 * An array of runs, as `insertRunsJson` takes it. Concatenation copies the texts only once, when they are
 * sent; a join would copy them earlier, too.
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
