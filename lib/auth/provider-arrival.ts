import 'server-only'
import { env } from '@/lib/config/env'
import { nextOfCallback } from './next-path'
import { withTarget } from './provider-fault'

/** next-auth's session cookie with a value. */
const sessionCookie = /^(?:__Secure-)?next-auth\.session-token=[^;]/

/**
 * Redirects a completed provider sign-in through the sign-in page, like every other sign-in. That page
 * redirects to `next`, or reports that the browser did not keep the cookie.
 *
 * @param response of next-auth; returned unchanged unless it completes a provider sign-in
 */
export function viaSignInPage({ method, url }: Request, response: Response): Response {
  const { pathname } = new URL(url)
  const location = response.headers.get('location')
  if (method !== 'GET' || !pathname.startsWith('/api/auth/callback/') || !location) return response
  if (!response.headers.getSetCookie().some((one) => sessionCookie.test(one))) return response
  const { origin } = env()
  const next = nextOfCallback(location)
  const query = new URLSearchParams({ next, entered: String(Date.now()), at: origin })
  return withTarget(`${origin}/sign-in?${query}`, response)
}
