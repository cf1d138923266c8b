import 'server-only'
import {
  type McpServer,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server'
import { processWide } from '@/lib/process-wide'
import type { StoredSession } from '@/lib/store/mcp/sessions'
import { buildServer } from '../server'
import { instanceId } from './instance'
import { namedRequest } from './request-ids'
import { StreamStore } from './stream-store'

type SessionFacts = Pick<StoredSession, 'id' | 'idHash' | 'grantId' | 'protocolVersion'>

/** A session in this instance's memory. */
export type LiveSession = SessionFacts & {
  readonly server: McpServer
  readonly transport: WebStandardStreamableHTTPServerTransport
  readonly store: StreamStore
  /** milliseconds since the epoch */
  usedAt: number
  /** when its row was last read as live */
  checkedAt: number
  /** whether it was removed from memory, because it ended or was evicted */
  isDropped: boolean
}

/** The sessions in memory. */
export const live = processWide('mcp-live-sessions', () => ({
  /** by hash of `Mcp-Session-Id` */
  byHash: new Map<string, LiveSession>(),
  byId: new Map<string, LiveSession>(),
  byGrant: new Map<string, Set<LiveSession>>(),
  /** sessions being restored, shared by concurrent requests */
  restoring: new Map<string, Promise<LiveSession | null>>(),
  /** public ids of sessions that ended recently, and when */
  endedLately: new Map<string, number>(),
}))

/**
 * How long an idle session stays in memory, and how many do, in total and per grant. Each takes about
 * 30 kB; the next request that names it restores it from its row.
 */
const limits = { idleMs: 2 * 60_000, most: 2000, ofOneGrant: 200, afterEviction: 0.9 }

/**
 * Creates the server and the transport of one session.
 *
 * @param onOpened called when `initialize` has arrived, before it is answered
 */
export async function wire(
  session: SessionFacts,
  rawId: string,
  onOpened?: () => Promise<void>,
): Promise<LiveSession> {
  const store = new StreamStore(session.id)
  const transport = new WebStandardStreamableHTTPServerTransport({
    sessionIdGenerator: () => rawId,
    eventStore: store,
    retryInterval: 1000,
    ...(onOpened ? { onsessioninitialized: onOpened } : {}),
  })
  const send = transport.send.bind(transport)
  transport.send = (message, options) => send(namedRequest(message, instanceId), options)
  const server = await buildServer()
  await server.connect(transport)
  const now = Date.now()
  const { id, idHash, grantId, protocolVersion } = session
  const parts = { server, transport, store }
  const times = { usedAt: now, checkedAt: now }
  return { id, idHash, grantId, protocolVersion, ...parts, ...times, isDropped: false }
}

/** Makes a session available to later requests. */
export function keep(session: LiveSession): void {
  const ofGrant = live.byGrant.get(session.grantId) ?? new Set()
  live.byGrant.set(session.grantId, ofGrant.add(session))
  live.byHash.set(session.idHash, session)
  live.byId.set(session.id, session)
  if (ofGrant.size > limits.ofOneGrant) dropLeastUsed(ofGrant, limits.ofOneGrant)
  if (live.byId.size > limits.most) dropLeastUsed(live.byId.values(), limits.most)
}

/** Removes a session from memory; its row stays. */
export function dropLive(session: LiveSession): void {
  session.isDropped = true
  // it may have been restored as another object since
  if (live.byId.get(session.id) === session) live.byId.delete(session.id)
  if (live.byHash.get(session.idHash) === session) live.byHash.delete(session.idHash)
  const ofGrant = live.byGrant.get(session.grantId)
  ofGrant?.delete(session)
  if (ofGrant?.size === 0) live.byGrant.delete(session.grantId)
  session.server.close().catch(() => undefined)
}

/** How long the end of a session is remembered; longer than reading its row takes. */
const endedLatelyMs = 60_000

/** Drops a session that has ended, also one that is being restored. */
export function dropEnded(sessionId: string): void {
  const now = Date.now()
  live.endedLately.delete(sessionId)
  live.endedLately.set(sessionId, now)
  for (const [id, at] of live.endedLately) {
    if (now - at < endedLatelyMs) break
    live.endedLately.delete(id)
  }
  const session = live.byId.get(sessionId)
  if (session) dropLive(session)
}

/** Whether a session ended recently: its row may have been read before. */
export const endedLately = (sessionId: string): boolean => live.endedLately.has(sessionId)

/** Whether a session has unanswered requests. */
export const isBusy = ({ store }: LiveSession): boolean => store.requests.size > 0

const leastUsedFirst = (sessions: Iterable<LiveSession>): LiveSession[] =>
  [...sessions].filter((session) => !isBusy(session)).sort((a, b) => a.usedAt - b.usedAt)

/** Evicts down to below `most`, so that the next session does not evict again. */
function dropLeastUsed(sessions: Iterable<LiveSession>, most: number): void {
  const all = [...sessions]
  const surplus = all.length - Math.floor(most * limits.afterEviction)
  for (const session of leastUsedFirst(all).slice(0, surplus)) dropLive(session)
}

/** Drops idle sessions. */
export function evict(now: number): void {
  for (const session of leastUsedFirst(live.byId.values())) {
    if (now - session.usedAt <= limits.idleMs) return
    dropLive(session)
  }
}
