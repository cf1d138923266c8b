import 'server-only'
import { once } from 'node:events'
import type { Person } from '@/lib/auth/session'
import { type Push, pushedBody } from '@/lib/http/pushed-body'
import { json } from '@/lib/http/responses'
import { takeSeats } from '@/lib/http/seats'
import { stopping, streamLimit } from '@/lib/runtime/stopping'
import { logFailure } from '@/lib/store/database/availability'
import { watchAccess } from './overview/access-watch'

/** The interval of keep-alive events; the browser's side expects it. */
const beatMs = 15_000
/**
 * Streams per sign-in, per person and in total, on each instance; each open tab has one. Each costs a
 * database query every two seconds.
 */
const most = { ofSession: 32, ofPerson: 64, inAll: 500 }
const retryAfterSeconds = 30

/** Sends one server-sent event; resolves when there is room for another. */
export type Send = Push

/** One server-sent event. @param id where a reader resumes after it */
export const sseEvent = (event: string, data: unknown, id?: string): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`

/** Where a reader resumes. A reconnecting EventSource sends a header; its URL has the original start. */
export function cursorOf(request: Request): string | null {
  const after =
    request.headers.get('last-event-id') ?? new URL(request.url).searchParams.get('after')
  return after && /^\d{1,18}$/.test(after) ? after : null
}

const headers = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-cache, no-transform',
  'X-Accel-Buffering': 'no',
}

const tooMany = (): Response =>
  json({ error: 'too_many_streams' }, 429, { 'Retry-After': String(retryAfterSeconds) })

/** Runs `pump` with keep-alive events until the reader loses access. */
async function follow(
  follower: Person,
  send: Send,
  signal: AbortSignal,
  pump: (send: Send, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  await send(`retry: 1000\n${sseEvent('hello', {})}`)
  // not a comment: EventSource does not report those, and the page must detect a dead connection
  const keepAlive = setInterval(() => void send(sseEvent('beat', {})), beatMs)
  const denied = new AbortController()
  const isDenied = once(denied.signal, 'abort')
  const unwatch = watchAccess(follower, () => denied.abort())
  const sendWhileAllowed: Send = async (text) => {
    if (!denied.signal.aborted) await send(text)
  }
  try {
    // a stalled reader blocks the pump, but must not delay the end
    await Promise.race([pump(sendWhileAllowed, AbortSignal.any([signal, denied.signal])), isDenied])
  } finally {
    unwatch()
    clearInterval(keepAlive)
  }
  // the page then checks the session, and does not reconnect
  if (denied.signal.aborted) void send(sseEvent('over', {}))
}

/**
 * Streams server-sent events until the reader disconnects or loses access, or the server stops.
 *
 * @param follower the reader: when their session ends or their role is too low, the stream sends `over`
 *   and ends
 * @param what the name of the stream in the log
 * @param pump sends until `signal` is aborted
 */
export function eventStream(
  request: Request,
  follower: Person,
  what: string,
  pump: (send: Send, signal: AbortSignal) => Promise<void>,
): Response {
  // nobody would read or end the body of an answer to HEAD
  if (request.method === 'HEAD') return new Response(null, { headers })
  const release = takeSeats('live pages', [
    { key: follower.sessionId, most: most.ofSession },
    { key: follower.id, most: most.ofPerson },
    { key: '', most: most.inAll },
  ])
  if (typeof release !== 'function') return tooMany()
  const signal = AbortSignal.any([request.signal, stopping, ...streamLimit()])
  const body = pushedBody(signal, async (send, over) => {
    try {
      await follow(follower, send, over, pump)
    } catch (error) {
      if (!over.aborted) logFailure(what, error)
    } finally {
      release()
    }
  })
  return new Response(body, { headers })
}
