import 'server-only'
import { newId } from '@/lib/oauth/secret'
import { openExchange } from '@/lib/recorder/exchange'
import { commit } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import { openOperatorSession, signOutSession } from '@/lib/store/people/sessions'
import type { User } from '@/lib/store/people/users'
import { browserName } from './browser-name'
import { rememberDevice } from './device'

/** How long a session lasts, in days, used or not. */
export const sessionDays = 7

/** The signed-in user as next-auth stores it in the cookie. */
export type SignedIn = {
  readonly id: string
  readonly email: string
  readonly name: string | null
  readonly sessionId: string
}

/**
 * Starts the session of an authenticated person and marks the browser as known to their account.
 *
 * @param method how they signed in, as shown to people
 * @returns `null` if the account has been disabled in the meantime
 */
export async function startSession(
  user: User,
  method: string,
  exchange: Exchange,
): Promise<SignedIn | null> {
  exchange.ids.userId = user.id
  const sessionId = newId('os_')
  const createdAt = exchange.startedAt
  const detail = { email: user.email, provider: method }
  const session = {
    id: sessionId,
    userId: user.id,
    method,
    address: exchange.address,
    agent: browserName(exchange.userAgent),
    createdAt,
    expiresAt: new Date(createdAt.getTime() + sessionDays * 86_400_000),
  }
  const opened = await commit(exchange, (describe) =>
    openOperatorSession(session, [describe('operator.signed-in', detail, 200)]),
  )
  if (!opened) return null
  await rememberDevice(user.id, createdAt)
  return { id: user.id, email: user.email, name: user.name, sessionId }
}

/** Ends the session that a cookie names, so that copies of the cookie stop working too. */
export async function signOut(
  { sub, sid }: { readonly sub?: string; readonly sid?: string },
  headers: Headers,
): Promise<void> {
  if (!sub || !sid) return
  const arrival = { method: 'POST', path: '/api/auth/signout', headers }
  const exchange = openExchange(arrival)
  exchange.ids.userId = sub
  await commit(exchange, (describe) =>
    signOutSession(sid, sub, exchange.startedAt, [describe('operator.signed-out', {}, 200)]),
  )
}
