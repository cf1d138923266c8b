import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import type { McpAnswer, ServedOrFull } from '@/lib/mcp/served'
import { notify } from '@/lib/store/database/notifications'
import { type StoredSession, setToolListHash } from '@/lib/store/mcp/sessions'
import {
  findPostStream,
  type PostStream,
  standaloneEnd,
  standaloneStream,
} from '@/lib/store/mcp/streams'
import type { McpCaller } from '../caller'
import { methodNotAllowed, rpcError, sessionNotFound } from '../rpc-error'
import { toolListHash } from '../tool-list'
import { type EventPlace, readEventId } from './event-ids'
import { followStream, longestSilenceMs } from './follow'
import { endedLately } from './live'
import { holdStream } from './open-streams'
import { settleStreamEvents } from './stream-store'

/** Waits between lookups of a stream whose event another instance may be writing, in ms. */
const retryDelaysMs = [50, 200, 750]

/**
 * The stream of a POST, once it is stored as far as the client has read it. Events are sent before
 * they are stored, so the client may be faster than the row.
 */
async function writtenStream(session: StoredSession, { streamId, position }: EventPlace) {
  const find = () => findPostStream(session.id, streamId, longestSilenceMs)
  const isThere = (found: PostStream | null) =>
    found !== null && (found.end !== null || found.newest >= position)
  const waits = [settleStreamEvents, ...retryDelaysMs.map((ms) => () => sleep(ms))]
  let stream = await find()
  for (const wait of waits) {
    if (isThere(stream)) break
    await wait()
    stream = await find()
  }
  return stream
}

/** Where to resume the stream of a POST, if anything is to come. */
async function placeInPost(session: StoredSession, place: EventPlace) {
  const stream = await writtenStream(session, place)
  if (!stream) return 'unknown'
  const { end, isAbandoned } = stream
  return (end === null ? isAbandoned : place.position >= end) ? 'finished' : place
}

/**
 * Where to start: at the end of the standalone stream, or where a broken stream stopped.
 *
 * @returns `finished` when everything was read, `unknown` when the stream is not stored
 */
async function placeOf(session: StoredSession, lastEventId: string | null) {
  if (lastEventId === null) {
    return { streamId: standaloneStream, position: await standaloneEnd(session.id) }
  }
  const place = readEventId(lastEventId)
  if (!place) return 'unknown'
  return place.streamId === standaloneStream ? place : placeInPost(session, place)
}

/** From this revision on, a stream starts with an event without data (MCP 2025-11-25, "Streamable HTTP"). */
const primedSince = '2025-11-25'

const headers = (rawId: string) => ({
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-cache, no-transform',
  'X-Accel-Buffering': 'no',
  'Mcp-Session-Id': rawId,
})

/**
 * A stream that was read to its end cannot be resumed. Clients try anyway (SDK 1.23 after each call),
 * and again after each stream that ends, unless they get 405: the only other answer to GET (MCP
 * Streamable HTTP, "Listening for Messages from the Server").
 */
const streamFinished = (): McpAnswer => ({
  response: methodNotAllowed('POST, DELETE', 'Method not allowed: this stream was read to its end'),
  isFinished: true,
})

/** Notifies a client once when the tools have changed since its session opened (`listChanged`). */
function notifyToolsChanged(session: StoredSession, push: (message: object) => void): void {
  if (session.toolListHash === toolListHash()) return
  push({ jsonrpc: '2.0', method: 'notifications/tools/list_changed' })
  setToolListHash(session.id, toolListHash()).catch(() => undefined)
}

/**
 * Answers GET: opens the standalone stream of a session, or resumes a stream from `Last-Event-ID`,
 * whichever instance it broke on.
 *
 * @returns the answer, or why no more may be open
 */
export async function serveGet(
  request: Request,
  session: StoredSession,
  rawId: string,
  caller: McpCaller,
): Promise<ServedOrFull> {
  if (!request.headers.get('accept')?.includes('text/event-stream')) {
    const message = 'Not Acceptable: Client must accept text/event-stream'
    return { response: rpcError(406, -32000, message) }
  }
  const place = await placeOf(session, request.headers.get('last-event-id'))
  if (place === 'finished') return streamFinished()
  if (place === 'unknown') {
    const message = 'Bad Request: "Last-Event-ID" is not known any more'
    return { response: rpcError(400, -32000, message) }
  }
  const { streamId } = place
  const held = holdStream({ caller, sessionId: session.id, streamId }, request)
  if ('full' in held) return held
  const { stream, signal, ended: onEnd } = held
  try {
    await notify('portico_sessions', `stream:${session.id}:${streamId}:${stream.nonce}`)
  } catch (error) {
    onEnd()
    throw error
  }
  // the session may have ended before this stream was registered, so that nothing ended it
  if (endedLately(session.id)) {
    onEnd()
    return { response: sessionNotFound() }
  }
  const onOpen = (push: (message: object) => void) => {
    stream.push = push
    notifyToolsChanged(session, push)
  }
  const isPrimed = session.protocolVersion >= primedSince
  const followed = { ...place, sessionId: session.id, isPrimed, onEnd }
  const isStandalone = streamId === standaloneStream
  const body = followStream(isStandalone ? { ...followed, onOpen } : followed, signal)
  const response = new Response(body, { headers: headers(rawId) })
  return { response, stream: isStandalone ? 'standalone' : 'answer' }
}
