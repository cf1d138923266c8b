import 'server-only'
import { env } from '@/lib/env'
import { describe, openExchange } from '@/lib/events/exchange'
import { announce } from '@/lib/events/recorder'
import { signOutSession } from '@/lib/store/operator-sessions'

/** Ends the session that a cookie names, so that a copy of the cookie is worth nothing either. */
export async function signOut(
  { sub, sid }: { readonly sub?: string; readonly sid?: string },
  headers: Headers,
): Promise<void> {
  if (!sub || !sid) return
  const arrival = { method: 'POST', path: '/api/auth/signout', headers }
  const exchange = openExchange(arrival, env().proxyHops)
  exchange.ids.userId = sub
  const events = [describe(exchange, 'operator.signed-out', 200, {})]
  if (await signOutSession(sid, sub, exchange.startedAt, events)) announce(exchange, events)
}
