import 'server-only'
import { cookies } from 'next/headers'
import type { NextRequest } from 'next/server'
import { decode } from 'next-auth/jwt'
import { env } from '@/lib/config/env'
import { keyFor } from '@/lib/config/secrets'
import { openExchange } from '@/lib/recorder/exchange'
import { record } from '@/lib/recorder/recorder'
import { safeNext } from './next-path'

/** next-auth's session cookie; the prefix marks it as https-only. */
const cookieName = (): string =>
  `${env().origin.startsWith('https:') ? '__Secure-' : ''}next-auth.session-token`

/** Whether this request has a session cookie that is unreadable or expired. */
export async function isSessionStale(): Promise<boolean> {
  const token = (await cookies()).get(cookieName())?.value
  if (!token) return false
  const secret = keyFor('operator-session').toString('base64url')
  return (await decode({ token, secret }).catch(() => null)) === null
}

/**
 * `GET /api/auth/stale`: deletes a session cookie that was made with another secret or has expired, and
 * redirects to the sign-in page. It keeps a valid cookie, so that a link on another site cannot end a
 * session.
 */
export async function forgetStaleSession(request: NextRequest): Promise<Response> {
  const next = safeNext(request.nextUrl.searchParams.get('next') ?? undefined)
  if (await isSessionStale()) {
    const arrival = { method: 'GET', path: '/api/auth/stale', headers: request.headers }
    const exchange = openExchange(arrival)
    record(exchange, 'session.forgotten', 303, { reason: { kind: 'session-unreadable' } })
    const jar = await cookies()
    const secure = env().origin.startsWith('https:')
    jar.set(cookieName(), '', { path: '/', maxAge: 0, httpOnly: true, sameSite: 'lax', secure })
  }
  const location = `/sign-in?${new URLSearchParams({ next, forgotten: '1' })}`
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
}
