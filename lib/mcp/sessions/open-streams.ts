import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '@/lib/oauth/secret'
import { processWide } from '@/lib/process-wide'
import { afterAnswer } from '@/lib/runtime/after'
import { streamLimit } from '@/lib/runtime/stopping'
import { logFailure } from '@/lib/store/database/availability'
import { saveOpenStreams, streamsHeldMs } from '@/lib/store/mcp/carried'
import type { McpCaller } from '../caller'
import { type Full, takeSeat } from '../open-limits'
import { instanceId } from './instance'

/** A long-lived stream: that of GET, or `subscriptions/listen`. */
export type OpenStream = {
  readonly caller: McpCaller
  /** public id; `null` where the revision has no sessions */
  readonly sessionId: string | null
  /** the stream within its session; `null` where the revision has no sessions */
  readonly streamId: string | null
  /** distinguishes readers of the same stream */
  readonly nonce: string
  /** ends it */
  readonly controller: AbortController
  /** whether its notification has arrived: from then on a later reader replaces it */
  isAnnounced?: boolean
  /** sends a message on it */
  push?: (message: object) => void
}

const registry = processWide('mcp-open-streams', () => ({
  streams: new Set<OpenStream>(),
  changed: new Set<string>(),
  saving: null as Promise<void> | null,
  isStarted: false,
}))

const saveAfterMs = 200
function countsOf(ids: Iterable<string>): Map<string, number> {
  const counts = new Map([...ids].map((id) => [id, 0]))
  for (const { sessionId } of registry.streams) {
    const count = sessionId === null ? undefined : counts.get(sessionId)
    if (sessionId !== null && count !== undefined) counts.set(sessionId, count + 1)
  }
  return counts
}

async function save(ids: Iterable<string>): Promise<void> {
  const counts = countsOf(ids)
  if (counts.size === 0) return
  await saveOpenStreams(instanceId, counts, new Date()).catch((error) =>
    logFailure('open streams were not written', error),
  )
}

async function saveChanged(): Promise<void> {
  await sleep(saveAfterMs)
  registry.saving = null
  const ids = [...registry.changed]
  registry.changed.clear()
  await save(ids)
}

function saveSoon(sessionId: string | null): void {
  if (sessionId === null) return
  registry.changed.add(sessionId)
  afterAnswer(() => {
    registry.saving ??= saveChanged()
    return registry.saving
  })
}

function start(): void {
  if (registry.isStarted) return
  registry.isStarted = true
  setInterval(() => {
    void save([...registry.streams].flatMap(({ sessionId }) => sessionId ?? []))
  }, streamsHeldMs.saidEvery).unref()
}

/** A client reads a stream once: an earlier reader has lost its connection, or track of it. */
function endEarlier({ sessionId, streamId }: OpenStream): void {
  if (sessionId === null) return
  for (const stream of openStreams(sessionId)) {
    if (stream.streamId === streamId) stream.controller.abort('another reader took its place')
  }
}

type Place = Pick<OpenStream, 'caller' | 'sessionId' | 'streamId'>
type HeldStream = {
  readonly stream: OpenStream
  readonly signal: AbortSignal
  readonly ended: () => void
}

/**
 * Registers an open stream. It replaces an earlier reader of the same stream, so that a client that
 * leaks streams still works. It ends when its access token expires; the client reconnects with a new
 * one.
 *
 * @returns the stream, the signal of its end, and what to call when it has ended; or why no more may
 *   be open
 */
export function holdStream(place: Place, request: Request): HeldStream | { readonly full: Full } {
  start()
  const controller = new AbortController()
  const stream: OpenStream = { ...place, nonce: newId(''), controller }
  endEarlier(stream)
  const releaseSeat = takeSeat('streams', stream.caller)
  if (typeof releaseSeat !== 'function') return { full: releaseSeat }
  registry.streams.add(stream)
  saveSoon(stream.sessionId)
  const expiresIn = stream.caller.expiresAt.getTime() - Date.now()
  const expiry = setTimeout(() => controller.abort('the access token expired'), expiresIn)
  expiry.unref()
  const signal = AbortSignal.any([request.signal, controller.signal, ...streamLimit()])
  const ended = () => {
    signal.removeEventListener('abort', ended)
    clearTimeout(expiry)
    releaseSeat()
    if (registry.streams.delete(stream)) saveSoon(stream.sessionId)
  }
  signal.addEventListener('abort', ended, { once: true })
  return { stream, signal, ended }
}

/** The streams open here, of one session or of all. */
export const openStreams = (sessionId?: string): OpenStream[] =>
  [...registry.streams].filter((stream) => !sessionId || stream.sessionId === sessionId)

/** Records that this process holds no streams any more. */
export async function releaseStreams(): Promise<void> {
  const ids = new Set(openStreams().flatMap(({ sessionId }) => sessionId ?? []))
  for (const stream of registry.streams) stream.controller.abort('the server stops')
  registry.streams.clear()
  await save([...ids, ...registry.changed])
}
