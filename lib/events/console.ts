import type { NewEvent } from '@/lib/store/events'

const column = (text: string, width: number): string => text.padEnd(width)

/** The last characters of an id are enough to tell neighbours apart. */
export const shortId = (id: string): string => id.slice(-4)

function joined(event: NewEvent): string {
  if (event.grantId) return `grant ${shortId(event.grantId)}`
  if (event.interactionId) return `interaction ${shortId(event.interactionId)}`
  return event.clientId ? `client ${shortId(event.clientId)}` : ''
}

/**
 * One event as one line: `18:24:53 token.issued  200 POST /token  Claude (hosted)  grant 7f3a  41 ms`.
 * Times are UTC. A refusal says why.
 */
export function consoleLine(event: NewEvent): string {
  const why = event.detail.reason ?? event.detail.error ?? event.detail.message
  return [
    event.at.toISOString().slice(11, 19),
    column(event.name, 25),
    column(event.status === undefined ? '' : String(event.status), 3),
    column([event.method, event.path].filter(Boolean).join(' '), 46),
    column(event.agent ?? event.userAgent?.slice(0, 26) ?? '', 26),
    column(joined(event), 17),
    event.durationMs === undefined ? '' : `${event.durationMs} ms`,
    event.outcome === 'ok' || why === undefined ? '' : `  ${String(why)}`,
  ]
    .join(' ')
    .trimEnd()
}
