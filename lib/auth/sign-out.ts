import 'server-only'
import { env } from '@/lib/config/env'
import { openExchange } from '@/lib/recorder/exchange'
import { commit } from '@/lib/recorder/recorder'
import { signOutSession } from '@/lib/store/people/sessions'

/** Ends the session that a cookie names, so that copies of the cookie stop working too. */
export async function signOut(
  { sub, sid }: { readonly sub?: string; readonly sid?: string },
  headers: Headers,
): Promise<void> {
  if (!sub || !sid) return
  const arrival = { method: 'POST', path: '/api/auth/signout', headers }
  const exchange = openExchange(arrival, env().proxyHops)
  exchange.ids.userId = sub
  await commit(exchange, (tell) =>
    signOutSession(sid, sub, exchange.startedAt, [tell('operator.signed-out', {}, 200)]),
  )
}
