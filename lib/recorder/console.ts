import { isJson, jsonText, oneLine } from '@/lib/cli/lines.mjs'
import { idNames, known, type NewEvent } from '@/lib/events/fields'
import { reasonWords } from '@/lib/reasons'
import { reasonOfEvent } from '@/lib/stored-reasons'

const column = (text: string, width: number): string => text.padEnd(width)

/** The last characters of an id are enough to distinguish it from its neighbours. */
export const idEnd = (id: string): string => id.slice(-4)

function joined(event: NewEvent): string {
  if (event.grantId) return `grant ${idEnd(event.grantId)}`
  if (event.interactionId) return `interaction ${idEnd(event.interactionId)}`
  return event.clientId ? `client ${idEnd(event.clientId)}` : ''
}

/** The clock text of the last second written: many lines share one. */
let second = { is: Number.NaN, clock: '' }

function clockOf(at: Date): string {
  const is = Math.floor(at.getTime() / 1000)
  if (is !== second.is) second = { is, clock: at.toISOString().slice(11, 19) }
  return second.clock
}

/** Shown in place of the request for an event that stands for many: whose they are. */
const others = ({ fold, address }: NewEvent): string =>
  fold === undefined ? '' : `many requests from ${address ?? 'many addresses'}`

/** A line's description of its request. */
const requestOf = (event: NewEvent): string => {
  const { name, status, method, path, agent, userAgent } = event
  const request = method && path ? `${method} ${path}` : (method ?? path ?? others(event))
  const who = agent ?? userAgent?.slice(0, 26) ?? ''
  const prefix = `${column(name, 25)} ${column(String(status ?? ''), 3)}`
  return `${prefix} ${column(request, 46)} ${column(who, 26)}`
}

/** The last event written and its request text: many in a row are calls of one client. */
let before: { event: NewEvent | null; request: string } = { event: null, request: '' }

/** What the request text is made of. */
const shown = ['name', 'status', 'method', 'path', 'agent', 'userAgent', 'fold'] as const

const isAlike = (one: NewEvent, other: NewEvent): boolean =>
  shown.every((name) => one[name] === other[name]) &&
  (one.fold === undefined || one.address === other.address)

function requestColumns(event: NewEvent): string {
  const isSame = before.event !== null && isAlike(event, before.event)
  before = { event, request: isSame ? before.request : requestOf(event) }
  return before.request
}

/** Why it was answered with an error: the kind of the reason, and its words. */
function whyOf({ name, outcome, status, detail }: NewEvent): { kind?: string; words?: unknown } {
  if (outcome === 'ok' && (status ?? 0) < 400) return {}
  const reason = reasonOfEvent({ name, detail })
  return reason
    ? { kind: reason.kind, words: reasonWords(reason) }
    : { words: detail.error ?? detail.message }
}

/**
 * One event as one line: `18:24:53 token.issued  200 POST /token  Claude (hosted)  grant 7f3a  41 ms`.
 * Times are UTC. A refusal includes its reason.
 */
export function consoleLine(event: NewEvent): string {
  const { at, durationMs } = event
  const why = whyOf(event).words
  const took = durationMs === undefined ? '' : `${durationMs} ms`
  const reason = why === undefined ? '' : `  ${String(why)}`
  const line = `${clockOf(at)} ${requestColumns(event)} ${column(joined(event), 17)}`
  return oneLine(`${line} ${took} ${reason}`.trimEnd())
}

/** The line at the end of a fold, with its count. */
export const foldLine = (event: NewEvent, count: number, lastAt: Date): string =>
  isJson() ? jsonLine(event, count, lastAt) : `${consoleLine(event)}  ×${count} ${until(lastAt)}`

const until = (at: Date): string => `until ${at.toISOString().slice(11, 19)}`

const levels = { ok: 'info', refused: 'warn', failed: 'error' } as const

/**
 * One event as a line of JSON: the content of {@link consoleLine}, with full timestamps and ids.
 * docs/observability.md names the fields.
 */
export function jsonLine(event: NewEvent, count?: number, lastAt?: Date): string {
  const why = whyOf(event)
  return jsonText({
    time: event.at.toISOString(),
    level: levels[event.outcome],
    event: event.name,
    outcome: event.outcome,
    status: event.status,
    method: event.method,
    path: event.path,
    agent: event.agent ?? event.userAgent?.slice(0, 120),
    requestId: event.requestId,
    ...known(event, idNames),
    durationMs: event.durationMs,
    tool: event.detail.tool,
    reason: why.words,
    reasonKind: why.kind,
    fold: event.fold,
    count,
    lastTime: lastAt?.toISOString(),
  })
}

/** One event as it is printed: {@link consoleLine}, or with `PORTICO_LOG=json` {@link jsonLine}. */
export const eventLine = (event: NewEvent): string =>
  isJson() ? jsonLine(event) : consoleLine(event)
