import 'server-only'
import { env } from '@/lib/config/env'
import type { CookieLoss } from '@/lib/reasons'
import { record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import { cookieError, cookieLoss, isJustEntered } from './cookie-loss'
import { nextOfCallback } from './next-path'
import { signInExchange } from './sign-in-exchange'

/** The address of this server. */
export const ownOrigin = (): string => env().origin

type What = 'sign-in' | 'session'

/** The origin that a browser names, if it is one; what else it sends is nobody's business. */
const originOf = (seen: string | null | undefined): string | undefined =>
  seen && URL.canParse(seen) ? new URL(seen).origin.slice(0, 200) : undefined

function note(exchange: Exchange, what: What, seen: string | null | undefined): CookieLoss {
  const because = cookieLoss(seen, env().origin)
  const reason = { kind: 'cookie-lost', because } as const
  record(exchange, 'cookie.lost', 401, { what, reason, origin: originOf(seen) })
  return because
}

/**
 * Whether a form came with next-auth's cookie for it. The other name of that cookie, of http or of https,
 * is one of before this server had its present address: it is not read, and says nothing of this browser.
 */
function hasFormCookie({ headers }: Request): boolean {
  const name = `${env().origin.startsWith('https:') ? '__Host-' : ''}next-auth.csrf-token`
  const pairs = (headers.get('cookie') ?? '').split(';')
  return pairs.some((pair) => pair.trim().startsWith(`${name}=`))
}

const addressOf = async (response: Response): Promise<string | null> => {
  if (!response.headers.get('content-type')?.includes('json')) return null
  const body = (await response.clone().json()) as { url?: unknown } | null
  return typeof body?.url === 'string' ? body.url : null
}

/**
 * Says that a sign-in came without the cookie that its page had set. next-auth answers such a form as it
 * does one that worked, with a new address, and the page would come back empty.
 *
 * @param form as it was sent
 */
export async function withLostCookie(
  request: Request,
  form: string,
  response: Response,
): Promise<Response> {
  const { pathname } = new URL(request.url)
  if (!/^\/api\/auth\/(?:signin|callback)\//.test(pathname)) return response
  // a form of another site comes without cookies as it should
  if (request.headers.get('sec-fetch-site') === 'cross-site') return response
  const address = await addressOf(response)
  if (!address || new URL(address, env().origin).searchParams.get('csrf') !== 'true')
    return response
  const callbackUrl = new URLSearchParams(form).get('callbackUrl') ?? undefined
  const query = new URLSearchParams({ next: nextOfCallback(callbackUrl) })
  // one that was made with a secret of before has been replaced just now: the form may be sent again
  if (hasFormCookie(request)) query.set('error', 'form-stale')
  else {
    const exchange = signInExchange(request.headers, callbackUrl)
    const seen = request.headers.get('origin') ?? callbackUrl
    query.set('error', cookieError(note(exchange, 'sign-in', seen)))
  }
  const headers = new Headers(response.headers)
  headers.delete('content-length')
  // where the browser is: it may reach no other address of this server
  const base = originOf(request.headers.get('origin')) ?? env().origin
  return new Response(JSON.stringify({ url: `${base}/sign-in?${query}` }), {
    status: response.status,
    headers,
  })
}

/**
 * Whether somebody comes to the sign-in page who has just signed in: then the cookie of the session was
 * not kept. Recorded.
 *
 * @param entered when they did, and `at` where their page stood, as the page says
 * @param next where they are to be led
 */
export function sessionLost(
  headers: Headers,
  { entered, at, next }: { entered: string | undefined; at: string | undefined; next: string },
): CookieLoss | null {
  if (!isJustEntered(entered, Date.now())) return null
  return note(signInExchange(headers, next, { method: 'GET', path: '/sign-in' }), 'session', at)
}
