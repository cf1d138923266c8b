import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '@/lib/oauth/secret'
import { streamLimit } from '@/lib/runtime/stream-limit'
import { type StoredSession, setToolListHash } from '@/lib/store/mcp-sessions'
import { hasStream, standaloneEnd, standaloneStream } from '@/lib/store/mcp-streams'
import { notify } from '@/lib/store/notifications'
import type { Caller } from '../caller'
import type { Full } from '../open-limits'
import { rpcError, sessionNotFound } from '../rpc-error'
import { toolListHash } from '../tool-list'
import { type EventPlace, readEventId } from './event-ids'
import { followStream } from './follow'
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
const lookedForMs = [50, 200, 750]

/** Whether there is such a stream. A client waits for no write, so it may be quicker than the row. */
async function isStream(sessionId: string, streamId: string): Promise<boolean> {
  if (await hasStream(sessionId, streamId)) return true
  await settleStreamEvents()
  for (const ms of lookedForMs) {
    if (await hasStream(sessionId, streamId)) return true
    await sleep(ms)
  }
  return hasStream(sessionId, streamId)
}

/** Where to begin: at the end of the standalone stream, or where a broken stream was left. */
async function placeOf(
  session: StoredSession,
  lastEventId: string | null,
): Promise<EventPlace | null> {
  if (lastEventId === null) {
    return { streamId: standaloneStream, position: await standaloneEnd(session.id) }
  }
  const place = readEventId(lastEventId)
  if (!place || place.streamId === standaloneStream) return place
  return (await isStream(session.id, place.streamId)) ? place : null
}

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
): Promise<Response | { readonly full: Full }> {
  if (!request.headers.get('accept')?.includes('text/event-stream')) {
    return rpcError(406, -32000, 'Not Acceptable: Client must accept text/event-stream')
  }
  const place = await placeOf(session, request.headers.get('last-event-id'))
  if (!place) return rpcError(400, -32000, 'Bad Request: "Last-Event-ID" is not known any more')
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
    return sessionNotFound()
  }
  const onOpen = (push: (message: object) => void) => {
    stream.push = push
    tellOfTools(session, push)
  }
  const isPrimed = session.protocolVersion >= primedSince
  const followed = { ...place, sessionId: session.id, isPrimed, onEnd }
  const isStandalone = streamId === standaloneStream
  const body = followStream(isStandalone ? { ...followed, onOpen } : followed, signal)
  return new Response(body, { headers: headers(rawId) })
}
