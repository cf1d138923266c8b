import 'server-only'
import { env } from '@/lib/config/env'
import { nextOfCallback } from './next-path'
import { withTarget } from './provider-fault'

/** next-auth's cookie of a session, with something in it. */
const sessionCookie = /^(?:__Secure-)?next-auth\.session-token=[^;]/

/**
 * Leads somebody whom another provider has just let in by way of the sign-in page, as every other way in
 * does: it leads on at once, or says that the browser did not keep the cookie.
 *
 * @param response of next-auth; any other than such an answer stays as it is
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
