import 'server-only'
import type { AuthInfo } from '@modelcontextprotocol/server'
import { hashSecret } from '@/lib/oauth/secret'
import { isAway } from '@/lib/store/availability'
import { findSession, findSessionById, type StoredSession } from '@/lib/store/mcp-sessions'
import { isListening } from '@/lib/store/notifications'
import type { Caller } from '../caller'
import { drop, type LiveSession, live, rehydrate } from './live'

/** How long a session is taken to be live without a look at its row, where its end cannot be heard. */
const trustedMs = 1000

/** The row of a session, where it is the caller's own and has not ended. */
export async function ownSession(rawId: string, caller: Caller): Promise<StoredSession | null> {
  const row = await findSession(hashSecret(rawId))
  return row && row.grantId === caller.grantId && !row.endedAt ? row : null
}

async function hasEnded(session: LiveSession): Promise<boolean> {
  // its end cannot have been written: the database is away
  if (isAway()) return false
  if (isListening() || Date.now() - session.checkedAt < trustedMs) return false
  const row = await findSessionById(session.id)
  session.checkedAt = Date.now()
  return !row || row.endedAt !== null
}

async function restore(
  rawId: string,
  caller: Caller,
  authInfo: AuthInfo,
): Promise<LiveSession | null> {
  const row = await ownSession(rawId, caller)
  return row && rehydrate(row, rawId, authInfo)
}

/**
 * The session a request names: from memory, or brought back from its row.
 *
 * @returns `null` when there is none, it has ended, or it belongs to another grant; the three are
 *   not told apart, so that nobody learns of a session that is not his (RS rule R8)
 */
export async function liveSession(
  rawId: string,
  caller: Caller,
  authInfo: AuthInfo,
): Promise<LiveSession | null> {
  const idHash = hashSecret(rawId)
  const held = await live.byHash.get(idHash)
  if (held) {
    if (held.grantId !== caller.grantId) return null
    if (!(await hasEnded(held))) return held
    drop(held)
    return null
  }
  const restoring = restore(rawId, caller, authInfo)
  // whoever asks meanwhile waits for the same; what was not found is not kept
  const known = restoring.then((session) => session ?? Promise.reject(new Error('no session')))
  known.catch(() => live.byHash.delete(idHash))
  live.byHash.set(idHash, known)
  return restoring
}
