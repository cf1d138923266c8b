import { visible } from '@/lib/text'
import type { Handshake, HandshakeEvent } from './handshake'

/** Marks sizes and times that were not measured. */
const unknown = -1

const message = {
  httpVersion: 'HTTP/1.1',
  cookies: [],
  headersSize: unknown,
  bodySize: unknown,
}

const startOf = ({ at, durationMs }: HandshakeEvent): number => at - (durationMs ?? 0)

/** A path that begins with two slashes would resolve to another host. */
function urlOf(path: string, origin: string): string {
  const url = new URL(origin)
  url.pathname = visible(path, 500)
  return url.href
}

/** One exchange: all its events are one request, and the last one with a status is its answer. */
function entry(events: readonly HandshakeEvent[], origin: string) {
  const [first] = events
  if (!first?.method || !first.path) return null
  const last = events.findLast(({ status }) => status !== null) ?? first
  const took = Math.max(...events.map((event) => event.at)) - Math.min(...events.map(startOf))
  return {
    startedDateTime: new Date(Math.min(...events.map(startOf))).toISOString(),
    time: took,
    request: {
      ...message,
      method: first.method,
      url: urlOf(first.path, origin),
      headers: first.userAgent
        ? [{ name: 'user-agent', value: visible(first.userAgent, 300) }]
        : [],
      queryString: [],
    },
    response: {
      ...message,
      status: last.status ?? 0,
      statusText: '',
      headers: [],
      content: { size: unknown, mimeType: 'x-unknown' },
      redirectURL: '',
    },
    cache: {},
    timings: { send: 0, wait: took, receive: 0 },
    comment: events.map(({ name }) => name).join(', '),
  }
}

/**
 * The exchanges of a handshake as an HTTP Archive 1.2 (w3c.github.io/web-performance, HAR 1.2): method, URL
 * without its query, status, times and user agent. Headers and bodies are not recorded, so they are absent.
 *
 * @param origin of this server, for absolute URLs
 */
export function toHar({ id, events }: Handshake, origin: string, version: string) {
  const exchanges = new Map<string, HandshakeEvent[]>()
  for (const event of events) {
    const same = exchanges.get(event.requestId)
    if (same) same.push(event)
    else exchanges.set(event.requestId, [event])
  }
  const entries = [...exchanges.values()].flatMap((one) => entry(one, origin) ?? [])
  return {
    log: {
      version: '1.2',
      creator: { name: 'Portico', version },
      comment: `Handshake ${id}. Only methods, paths, statuses, times and user agents are recorded.`,
      entries: entries.toSorted((a, b) => a.startedDateTime.localeCompare(b.startedDateTime)),
    },
  }
}

/** What {@link toHar} makes. */
export type Har = ReturnType<typeof toHar>
