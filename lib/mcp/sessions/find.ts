import 'server-only'
import type { AuthInfo } from '@modelcontextprotocol/server'
import { env } from '@/lib/config/env'
import { hashSecret } from '@/lib/oauth/secret'
import { isAway } from '@/lib/store/database/availability'
import { isListening } from '@/lib/store/database/notifications'
import { findSession, findSessionById, type StoredSession } from '@/lib/store/mcp/sessions'
import type { McpCaller } from '../caller'
import { dropEnded, dropLive, endedLately, keep, type LiveSession, live, wire } from './live'

const post = (headers: Record<string, string>): Request =>
  new Request(env().mcpUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    },
  })

/**
 * Restores a session to memory by replaying its `initialize` to the SDK.
 *
 * @returns `null` when the SDK no longer accepts that `initialize`: the client gets "not found" and
 *   opens a new session
 */
async function rehydrate(session: StoredSession, rawId: string, authInfo: AuthInfo) {
  const restored = await wire(session, rawId)
  restored.store.isReplaying = true
  const { transport } = restored
  const opening = await transport.handleRequest(post({}), {
    parsedBody: JSON.parse(session.initialize),
    authInfo,
  })
  await opening.text()
  if (!opening.ok) {
    dropLive(restored)
    return null
  }
  await transport.handleRequest(
    post({ 'mcp-session-id': rawId, 'mcp-protocol-version': session.protocolVersion }),
    { parsedBody: { jsonrpc: '2.0', method: 'notifications/initialized' }, authInfo },
  )
  restored.store.isReplaying = false
  return restored
}

/** How long a session counts as live without a look at its row, while notifications do not arrive. */
const trustedMs = 1000

const isOwnAndLive = (row: StoredSession, { grantId }: McpCaller): boolean =>
  row.grantId === grantId && !row.endedAt && !endedLately(row.id)

/** The row of a session, if it is the caller's and has not ended. */
export async function ownSession(rawId: string, caller: McpCaller): Promise<StoredSession | null> {
  const row = await findSession(hashSecret(rawId))
  return row && isOwnAndLive(row, caller) ? row : null
}

async function hasEnded(session: LiveSession): Promise<boolean> {
  // while the database is away no end can have been written
  if (isAway()) return false
  if (isListening() || Date.now() - session.checkedAt < trustedMs) return false
  const at = Date.now()
  const row = await findSessionById(session.id)
  session.checkedAt = at
  return !row || row.endedAt !== null
}

async function restore(row: StoredSession, rawId: string, authInfo: AuthInfo) {
  const session = await rehydrate(row, rawId, authInfo)
  if (!session) return null
  // it may have ended after its row was read
  if (endedLately(row.id)) {
    dropLive(session)
    return null
  }
  keep(session)
  return session
}

/**
 * Restores a session from its row. Concurrent requests share one restore; failures are not cached, and
 * another grant's request starts none.
 */
async function restoreOnce(idHash: string, rawId: string, caller: McpCaller, authInfo: AuthInfo) {
  const row = await ownSession(rawId, caller)
  if (!row) return null
  // another request may have restored it during the read
  const present = live.byHash.get(idHash)
  if (present) return present
  const ongoing = live.restoring.get(idHash)
  if (ongoing) return ongoing
  const restoring = restore(row, rawId, authInfo).finally(() => live.restoring.delete(idHash))
  live.restoring.set(idHash, restoring)
  return restoring
}

/**
 * The session a request names, from memory or restored from its row.
 *
 * @returns `null` when there is none, it has ended, or it belongs to another grant; callers cannot
 *   tell these apart, so that nobody learns about the sessions of others (RS rule R8)
 */
export async function liveSession(
  rawId: string,
  caller: McpCaller,
  authInfo: AuthInfo,
): Promise<LiveSession | null> {
  const idHash = hashSecret(rawId)
  const held = live.byHash.get(idHash)
  if (!held) return restoreOnce(idHash, rawId, caller, authInfo)
  if (held.grantId !== caller.grantId) return null
  // a session in use must not be evicted
  held.usedAt = Date.now()
  if (!(await hasEnded(held))) return held
  dropEnded(held.id)
  return null
}
