import 'server-only'
import { env } from '@/lib/config/env'
import type { CookieLoss } from '@/lib/reasons'
import { record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import { cookieError, cookieLoss, isJustEntered } from './cookie-loss'
import { nextOfCallback } from './next-path'
import { urlIn, withTarget } from './provider-return'
import { signInExchange } from './sign-in-exchange'

/** This server's origin. */
export const ownOrigin = (): string => env().origin

type What = 'sign-in' | 'session'

/** The origin that a browser names, if it is valid; nothing else of it is recorded. */
const originOf = (seen: string | null | undefined): string | undefined =>
  seen && URL.canParse(seen) ? new URL(seen).origin.slice(0, 200) : undefined

function note(exchange: Exchange, what: What, seen: string | null | undefined): CookieLoss {
  const because = cookieLoss(seen, env().origin)
  const reason = { kind: 'cookie-lost', because } as const
  record(exchange, 'cookie.lost', 401, { what, reason, origin: originOf(seen) })
  return because
}

/**
 * Whether a form came with next-auth's CSRF cookie. The name for the other scheme is left over from an
 * earlier origin of this server: next-auth does not read it.
 */
function hasFormCookie({ headers }: Request): boolean {
  const name = `${env().origin.startsWith('https:') ? '__Host-' : ''}next-auth.csrf-token`
  const pairs = (headers.get('cookie') ?? '').split(';')
  return pairs.some((pair) => pair.trim().startsWith(`${name}=`))
}

/**
 * Reports a sign-in that came without the cookie its page had set. next-auth answers such a form with
 * a redirect, as if it had worked, and the form would come back empty.
 *
 * @param form as sent
 */
export async function withLostCookie(
  request: Request,
  form: string,
  response: Response,
): Promise<Response> {
  const { pathname } = new URL(request.url)
  if (!/^\/api\/auth\/(?:signin|callback)\//.test(pathname)) return response
  // a cross-site form has no cookies, as intended
  if (request.headers.get('sec-fetch-site') === 'cross-site') return response
  const address = await urlIn(response)
  if (!address || new URL(address, env().origin).searchParams.get('csrf') !== 'true')
    return response
  const callbackUrl = new URLSearchParams(form).get('callbackUrl') ?? undefined
  const query = new URLSearchParams({ next: nextOfCallback(callbackUrl) })
  // a cookie signed with an old secret has just been replaced: the form can be sent again
  if (hasFormCookie(request)) query.set('error', 'form-stale')
  else {
    const exchange = signInExchange(request.headers, callbackUrl)
    const seen = request.headers.get('origin') ?? callbackUrl
    query.set('error', cookieError(note(exchange, 'sign-in', seen)))
  }
  // the browser's own origin: it may not reach any other address of this server
  const base = originOf(request.headers.get('origin')) ?? env().origin
  return withTarget(`${base}/sign-in?${query}`, response)
}

/**
 * Why the session cookie was lost, if the sign-in page is opened just after a sign-in; recorded.
 *
 * @param entered when they signed in, and `at` the origin of that page, as the page says
 * @param next where to go after sign-in
 */
export function sessionLost(
  headers: Headers,
  { entered, at, next }: { entered: string | undefined; at: string | undefined; next: string },
): CookieLoss | null {
  if (!isJustEntered(entered, Date.now())) return null
  return note(signInExchange(headers, next, { method: 'GET', path: '/sign-in' }), 'session', at)
}
