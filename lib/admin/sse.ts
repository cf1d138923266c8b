import 'server-only'
import type { Person } from '@/lib/auth/session'
import { type Push, pushedBody } from '@/lib/http/pushed-body'
import { json } from '@/lib/http/responses'
import { takeSeats } from '@/lib/http/seats'
import { stopping } from '@/lib/runtime/stopping'
import { streamLimit } from '@/lib/runtime/stream-limit'
import { complain } from '@/lib/store/database/availability'
import { watchAccess } from './overview/access-watch'

/** How often a reader hears that the stream is alive; the browser's side knows it too. */
const beatMs = 15_000
/**
 * Each page has one: so many tabs of one sign-in, of one person, and of everybody, on each instance.
 * Each costs a look at the database every other second.
 */
const most = { ofSession: 32, ofPerson: 64, inAll: 500 }
const retryAfterSeconds = 30

/** Sends one server-sent event; resolves when there is room for another. */
export type Send = Push

/** One server-sent event. @param id where a reader goes on after it */
export const sseEvent = (event: string, data: unknown, id?: string): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`

/** Where a reader goes on: a reconnecting EventSource says it, its address still says where it began. */
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

/** Sends what `pump` sends, with a beat now and then, until its reader may not read on. */
async function follow(
  follower: Person,
  send: Send,
  signal: AbortSignal,
  pump: (send: Send, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  await send(`retry: 1000\n${sseEvent('hello', {})}`)
  // not a comment: a page is never told of those, and could not tell silence from a dead line
  const keepAlive = setInterval(() => void send(sseEvent('beat', {})), beatMs)
  const barred = new AbortController()
  const isBarred = new Promise<void>((resolve) => {
    barred.signal.addEventListener('abort', () => resolve())
  })
  const unwatch = watchAccess(follower, () => barred.abort())
  const sendWhileAllowed: Send = async (text) => {
    if (!barred.signal.aborted) await send(text)
  }
  try {
    // a reader that does not read keeps the pump waiting, and not its end
    await Promise.race([pump(sendWhileAllowed, AbortSignal.any([signal, barred.signal])), isBarred])
  } finally {
    unwatch()
    clearInterval(keepAlive)
  }
  // the page then asks who is signed in, and does not come back here
  if (barred.signal.aborted) void send(sseEvent('over', {}))
}

/**
 * Server-sent events for as long as the reader stays, may read, and the server runs.
 *
 * @param follower who reads: when their session has ended or their role is too low, they are sent
 *   `over`, and the stream ends
 * @param what it is, for the console
 * @param pump sends until `signal` is aborted
 */
export function eventStream(
  request: Request,
  follower: Person,
  what: string,
  pump: (send: Send, signal: AbortSignal) => Promise<void>,
): Response {
  // of an answer to HEAD nobody reads the body, and nobody would end it
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
      if (!over.aborted) complain(what, error)
    } finally {
      release()
    }
  })
  return new Response(body, { headers })
}
