import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '@/lib/oauth/secret'
import { streamLimit } from '@/lib/runtime/stream-limit'
import { type StoredSession, setToolListHash } from '@/lib/store/mcp-sessions'
import {
  findPostStream,
  type PostStream,
  standaloneEnd,
  standaloneStream,
} from '@/lib/store/mcp-streams'
import { notify } from '@/lib/store/notifications'
import type { Caller } from '../caller'
import { rpcError, sessionNotFound } from '../rpc-error'
import type { Served, ServedOrFull } from '../serve'
import { toolListHash } from '../tool-list'
import { type EventPlace, readEventId } from './event-ids'
import { followStream, longestSilenceMs } from './follow'
import { endedLately } from './live'
import { holdStream, type OpenStream } from './open-streams'
import { settleStreamEvents } from './stream-store'

/** From this revision on a stream begins with an event without data (MCP 2025-11-25, "Streamable HTTP"). */
const primedSince = '2025-11-25'

const headers = (rawId: string) => ({
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-cache, no-transform',
  'X-Accel-Buffering': 'no',
  'Mcp-Session-Id': rawId,
})

/** How long a stream is looked for whose first event another instance may be writing, in ms. */
const lookedForMs = [0, 50, 200, 750]

/** The stream of a POST. A client waits for no write, so it may be quicker than the first row. */
async function postStream(sessionId: string, streamId: string): Promise<PostStream | null> {
  const stream = await findPostStream(sessionId, streamId, longestSilenceMs)
  if (stream) return stream
  await settleStreamEvents()
  for (const ms of lookedForMs) {
    await sleep(ms)
    const written = await findPostStream(sessionId, streamId, longestSilenceMs)
    if (written) return written
  }
  return null
}

/** Where the stream of a POST is to be gone on with, if there is anything to come. */
async function placeInPost(session: StoredSession, place: EventPlace) {
  const stream = await postStream(session.id, place.streamId)
  if (!stream) return 'unknown'
  const { end, isForsaken } = stream
  return (end === null ? isForsaken : place.position >= end) ? 'finished' : place
}

/** Where to begin: at the end of the standalone stream, or where a broken stream was left. */
async function placeOf(
  session: StoredSession,
  lastEventId: string | null,
): Promise<EventPlace | 'unknown' | 'finished'> {
  if (lastEventId === null) {
    return { streamId: standaloneStream, position: await standaloneEnd(session.id) }
  }
  const place = readEventId(lastEventId)
  if (!place) return 'unknown'
  return place.streamId === standaloneStream ? place : placeInPost(session, place)
}

/**
 * Of a stream that has been read to its end nothing is left. Clients come back for it all the same
 * (SDK 1.23, after each call), and again after each stream that ends, but for 405: the one answer to
 * GET beside a stream (MCP Streamable HTTP, "Listening for Messages from the Server").
 */
function streamFinished(): Served {
  const response = rpcError(405, -32000, 'Method not allowed: this stream was read to its end')
  response.headers.set('Allow', 'POST, DELETE')
  return { response, isFinished: true }
}

const notAcceptable = (): Served => ({
  response: rpcError(406, -32000, 'Not Acceptable: Client must accept text/event-stream'),
})

const streamUnknown = (): Served => ({
  response: rpcError(400, -32000, 'Bad Request: "Last-Event-ID" is not known any more'),
})

/** A client that was served other tools before is told, once (`listChanged`). */
function tellOfTools(session: StoredSession, push: (message: object) => void): void {
  if (session.toolListHash === toolListHash()) return
  push({ jsonrpc: '2.0', method: 'notifications/tools/list_changed' })
  setToolListHash(session.id, toolListHash()).catch(() => undefined)
}

/**
 * Answers GET: opens the stream of a session, or resumes one from `Last-Event-ID`, on whichever
 * instance it broke.
 *
 * @returns the answer, or why no more may be open
 */
export async function serveGet(
  request: Request,
  session: StoredSession,
  rawId: string,
  caller: Caller,
): Promise<ServedOrFull> {
  if (!request.headers.get('accept')?.includes('text/event-stream')) {
    return notAcceptable()
  }
  const place = await placeOf(session, request.headers.get('last-event-id'))
  if (place === 'finished') return streamFinished()
  if (place === 'unknown') return streamUnknown()
  const nonce = newId('')
  const controller = new AbortController()
  const { streamId } = place
  const stream: OpenStream = { caller, sessionId: session.id, streamId, nonce, controller }
  const release = holdStream(stream)
  if (typeof release !== 'function') return { full: release }
  const signal = AbortSignal.any([request.signal, controller.signal, ...streamLimit()])
  signal.addEventListener('abort', release, { once: true })
  const onEnd = () => {
    signal.removeEventListener('abort', release)
    release()
  }
  try {
    await notify('portico_sessions', `stream:${session.id}:${streamId}:${nonce}`)
  } catch (error) {
    onEnd()
    throw error
  }
  // what was heard of its end before the stream was held, ended nothing
  if (endedLately(session.id)) {
    onEnd()
    return { response: sessionNotFound() }
  }
  const onOpen = (push: (message: object) => void) => {
    stream.push = push
    tellOfTools(session, push)
  }
  const isPrimed = session.protocolVersion >= primedSince
  const followed = { ...place, sessionId: session.id, isPrimed, onEnd }
  const isStandalone = streamId === standaloneStream
  const body = followStream(isStandalone ? { ...followed, onOpen } : followed, signal)
  const response = new Response(body, { headers: headers(rawId) })
  return { response, stream: isStandalone ? 'standalone' : 'answer' }
}
