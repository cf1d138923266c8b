import 'server-only'
import { cookies } from 'next/headers'
import type { NextRequest } from 'next/server'
import { decode } from 'next-auth/jwt'
import { env } from '@/lib/config/env'
import { keyFor } from '@/lib/config/secrets'
import { openExchange } from '@/lib/recorder/exchange'
import { record } from '@/lib/recorder/recorder'
import { safeNext } from './next-path'

/** The cookie of a session: next-auth's, whose name tells whether it goes over https only. */
const cookieName = (): string =>
  `${env().origin.startsWith('https:') ? '__Secure-' : ''}next-auth.session-token`

/** Whether this request brings the cookie of a session that cannot be read, or has run out. */
export async function isSessionStale(): Promise<boolean> {
  const token = (await cookies()).get(cookieName())?.value
  if (!token) return false
  const secret = keyFor('operator-session').toString('base64url')
  return (await decode({ token, secret }).catch(() => null)) === null
}

/**
 * `GET /api/auth/stale`: forgets the cookie of a session that says nothing to this server any more,
 * since it was made with another secret or has run out, and leads to the sign-in page. One that can be
 * read stays as it is, so that nobody else's link ends a session.
 */
export async function forgetStaleSession(request: NextRequest): Promise<Response> {
  const next = safeNext(request.nextUrl.searchParams.get('next') ?? undefined)
  if (await isSessionStale()) {
    const arrival = { method: 'GET', path: '/api/auth/stale', headers: request.headers }
    const exchange = openExchange(arrival, env().proxyHops)
    record(exchange, 'session.forgotten', 303, { reason: { kind: 'session-unreadable' } })
    const jar = await cookies()
    const secure = env().origin.startsWith('https:')
    jar.set(cookieName(), '', { path: '/', maxAge: 0, httpOnly: true, sameSite: 'lax', secure })
  }
  const location = `/sign-in?${new URLSearchParams({ next, forgotten: '1' })}`
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
}
