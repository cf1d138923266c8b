import 'server-only'
import {
  type AuthInfo,
  type McpServer,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server'
import { env } from '@/lib/env'
import { processWide } from '@/lib/process-wide'
import type { StoredSession } from '@/lib/store/mcp-sessions'
import { buildServer } from '../server'
import { instanceId } from './instance'
import { namedRequest } from './request-ids'
import { StreamStore } from './stream-store'

/** A session that is in memory here. */
export type LiveSession = {
  /** public id */
  readonly id: string
  readonly idHash: string
  readonly grantId: string
  readonly protocolVersion: string
  readonly server: McpServer
  readonly transport: WebStandardStreamableHTTPServerTransport
  readonly store: StreamStore
  /** milliseconds since the epoch */
  usedAt: number
  /** when its row was last seen to be live */
  checkedAt: number
}

type Registry = {
  /** by hash of `Mcp-Session-Id`; a promise, so that two requests at once rehydrate once */
  readonly byHash: Map<string, Promise<LiveSession>>
  readonly byId: Map<string, LiveSession>
}

/** The sessions in memory. */
export const live = processWide(
  'mcp-live-sessions',
  (): Registry => ({ byHash: new Map(), byId: new Map() }),
)

/**
 * How long a session that is not used stays in memory, and how many do at most: each takes about 30 kB,
 * and is brought back from its row by the next request that names it.
 */
const kept = { idleMs: 2 * 60_000, most: 2000, afterEviction: 1800 }

/**
 * A server and a transport for one session.
 *
 * @param onOpened called when `initialize` has come, before it is answered
 */
export async function wire(
  session: Pick<StoredSession, 'id' | 'idHash' | 'grantId' | 'protocolVersion'>,
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
  return { id, idHash, grantId, protocolVersion, ...parts, usedAt: now, checkedAt: now }
}

/** Puts a session where the next request finds it. */
export function keep(session: LiveSession): void {
  live.byHash.set(session.idHash, Promise.resolve(session))
  live.byId.set(session.id, session)
  if (live.byId.size > kept.most) evict(Date.now())
}

const post = (headers: Record<string, string>): Request =>
  new Request(env().mcpUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    },
  })

/** Brings a session back to memory: the SDK is told again what opened it. */
export async function rehydrate(
  session: StoredSession,
  rawId: string,
  authInfo: AuthInfo,
): Promise<LiveSession> {
  const restored = await wire(session, rawId)
  restored.store.isReplaying = true
  const { transport } = restored
  const opening = await transport.handleRequest(post({}), {
    parsedBody: JSON.parse(session.initialize),
    authInfo,
  })
  await opening.text()
  await transport.handleRequest(
    post({ 'mcp-session-id': rawId, 'mcp-protocol-version': session.protocolVersion }),
    { parsedBody: { jsonrpc: '2.0', method: 'notifications/initialized' }, authInfo },
  )
  restored.store.isReplaying = false
  live.byId.set(session.id, restored)
  return restored
}

/** Forgets a session here; its row is not touched. */
export function drop(session: LiveSession): void {
  live.byId.delete(session.id)
  live.byHash.delete(session.idHash)
  session.server.close().catch(() => undefined)
}

/** Whether a session has requests that are not answered yet. */
export const isBusy = ({ store }: LiveSession): boolean => store.requests.size > 0

/** Drops the sessions that have been idle, and the least used ones where there are too many. */
export function evict(now: number): void {
  const idle = [...live.byId.values()].filter((session) => !isBusy(session))
  const surplus = live.byId.size > kept.most ? live.byId.size - kept.afterEviction : 0
  const leastUsed = idle.sort((a, b) => a.usedAt - b.usedAt)
  for (const [index, session] of leastUsed.entries()) {
    if (index < surplus || now - session.usedAt > kept.idleMs) drop(session)
  }
}
