import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { processWide } from '@/lib/process-wide'
import { afterAnswer } from '@/lib/runtime/after'
import { complain } from '@/lib/store/availability'
import { saveOpenStreams, streamsHeldMs } from '@/lib/store/mcp-carried'
import { endedSessions } from '@/lib/store/mcp-sessions'
import { isListening, subscribe } from '@/lib/store/notifications'
import { deadTokens } from '@/lib/store/token-state'
import type { Caller } from '../caller'
import { type Full, takeRoom } from '../open-limits'
import { instanceId } from './instance'
import { answersBefore, endStalled } from './open-answers'

/** A stream that stays open: that of GET, or `subscriptions/listen`. */
export type OpenStream = {
  readonly caller: Caller
  /** public id; `null` where the revision has no sessions */
  readonly sessionId: string | null
  /** which of its session's streams is read; `null` where the revision has no sessions */
  readonly streamId: string | null
  readonly controller: AbortController
  /** tells those apart who read the same one */
  readonly nonce: string
  /** whether every instance has been told: from then on whoever comes takes its place */
  isTold?: boolean
  /** sends a message on it */
  push?: (message: object) => void
}

type Registry = {
  readonly streams: Set<OpenStream>
  readonly changed: Set<string>
  saving: Promise<void> | null
  isStarted: boolean
}

const registry = processWide(
  'mcp-open-streams',
  (): Registry => ({ streams: new Set(), changed: new Set(), saving: null, isStarted: false }),
)

const saveAfterMs = 200
/**
 * How often it is looked whether what is open still may be, in milliseconds: a notification that tells
 * of an end can be lost. Sooner where none can be heard.
 */
const recheckMs = { listening: 10_000, deaf: 5000 }

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
    complain('open streams were not written', error),
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

/**
 * Ends what is open by a token that no longer stands, and the streams of sessions that have ended:
 * revocation is felt at once (OAuth 2.1 §7.4). What could not be found out stays open.
 *
 * @param grantId whose; everybody's where it is empty
 * @param before only answers that were asked for before, in milliseconds since the epoch
 */
async function recheck(grantId: string, before: number): Promise<void> {
  const concerned = [...registry.streams, ...answersBefore(before)].filter(
    ({ caller }) => grantId === '' || caller.grantId === grantId,
  )
  if (concerned.length === 0) return
  const dead = await deadTokens(new Set(concerned.map(({ caller }) => caller.tokenId)))
  for (const { caller, controller } of concerned) {
    if (dead.has(caller.tokenId)) controller.abort('access was revoked')
  }
  const sessionIds = new Set([...registry.streams].flatMap(({ sessionId }) => sessionId ?? []))
  const ended = await endedSessions(sessionIds)
  for (const { sessionId, controller } of registry.streams) {
    if (sessionId !== null && ended.has(sessionId)) controller.abort('the session ended')
  }
}

const recheckSoon = (grantId: string, before = Date.now()): void =>
  void recheck(grantId, before).catch((error) => complain('open streams', error))

let rechecked = 0

function beat(): void {
  const now = Date.now()
  endStalled(now)
  if (now - rechecked < (isListening() ? recheckMs.listening : recheckMs.deaf)) return
  rechecked = now
  // most answers are over by the next time, and need no look at the database
  recheckSoon('', now - recheckMs.deaf)
}

/** Begins to watch over what is open; once per process. */
export function watchOpen(): void {
  if (registry.isStarted) return
  registry.isStarted = true
  subscribe('portico_grants', (grantId) => recheckSoon(grantId))
  setInterval(beat, recheckMs.deaf).unref()
  setInterval(() => {
    void save([...registry.streams].flatMap(({ sessionId }) => sessionId ?? []))
  }, streamsHeldMs.saidEvery).unref()
}

/** One client reads a stream once: whoever came before has lost its connection, or track of it. */
function endEarlier({ sessionId, streamId }: OpenStream): void {
  if (sessionId === null) return
  for (const stream of openStreams(sessionId)) {
    if (stream.streamId === streamId) stream.controller.abort('another reader took its place')
  }
}

/**
 * Keeps account of a stream while it is open. An earlier reader of the same one gives way, so that a
 * client that leaks streams is served. It is ended when its access token expires: the client connects
 * again with a fresh one.
 *
 * @returns to be called when the stream has ended; or why no more may be open
 */
export function holdStream(stream: OpenStream): (() => void) | Full {
  watchOpen()
  endEarlier(stream)
  const giveBack = takeRoom('streams', stream.caller)
  if (typeof giveBack !== 'function') return giveBack
  registry.streams.add(stream)
  saveSoon(stream.sessionId)
  const expiresIn = stream.caller.expiresAt.getTime() - Date.now()
  const expiry = setTimeout(() => stream.controller.abort('the access token expired'), expiresIn)
  expiry.unref()
  return () => {
    clearTimeout(expiry)
    giveBack()
    if (registry.streams.delete(stream)) saveSoon(stream.sessionId)
  }
}

/** The streams open here, of one session or of all. */
export const openStreams = (sessionId?: string): OpenStream[] =>
  [...registry.streams].filter((stream) => !sessionId || stream.sessionId === sessionId)

/** Writes that this process holds no stream any more. */
export async function releaseStreams(): Promise<void> {
  const ids = new Set(openStreams().flatMap(({ sessionId }) => sessionId ?? []))
  for (const stream of registry.streams) stream.controller.abort('the server stops')
  registry.streams.clear()
  await save([...ids, ...registry.changed])
}
