import 'server-only'
import type { NextAuthOptions } from 'next-auth'
import { env } from '@/lib/config/env'
import type { ProviderFault, Reason } from '@/lib/reasons'
import { tlsCauseOf } from '@/lib/tls-cause'
import { nextOfCallback } from './next-path'
import type { AuthRequest } from './provider-callback'
import { providerName } from './providers'
import { refuseSignIn, signInExchange } from './sign-in-exchange'

/** What next-auth answers when a person returns from a provider, and what goes wrong on the way. */

/** next-auth's error codes for a fault between it and a provider. */
const faults: Readonly<Record<string, ProviderFault>> = {
  OAuthSignin: 'unreachable',
  OAuthCallback: 'answer',
  Callback: 'refused',
}

/** The TLS causes of faults: next-auth reports one only in its log, while it handles the request. */
const tlsCauses = new WeakMap<AuthRequest, string>()

/** Notes the TLS cause of a provider fault, if it has one. */
export function noteProviderFault(request: AuthRequest, details: unknown): void {
  const cause = tlsCauseOf(details)
  if (cause) tlsCauses.set(request, cause.code)
}

/** The target in a response to next-auth's script, if it is one. */
export async function urlIn(response: Response): Promise<string | null> {
  if (!response.headers.get('content-type')?.includes('json')) return null
  const body = (await response.clone().json()) as { url?: unknown } | null
  return typeof body?.url === 'string' ? body.url : null
}

/** Where to return after sign-in: the response to a sign-in form sets it as a cookie. */
function nextIn(response: Response): string | undefined {
  const cookies = response.headers.getSetCookie().join('\n')
  const [, value] = /next-auth\.callback-url=([^;\n]+)/.exec(cookies) ?? []
  return value && decodeURIComponent(value)
}

/** The same response with another target. */
export function withTarget(url: string, response: Response): Response {
  const headers = new Headers(response.headers)
  if (headers.has('location')) {
    headers.set('location', url)
    return new Response(null, { status: response.status, headers })
  }
  headers.delete('content-length')
  return new Response(JSON.stringify({ url }), { status: response.status, headers })
}

/**
 * Records a provider sign-in that failed before the person was identified, and redirects to the sign-in
 * page, which names the provider.
 */
export async function withProviderFault(
  request: Request,
  response: Response,
  arrival: AuthRequest,
): Promise<Response> {
  const { headers, path, next } = arrival
  const [, provider] = /^\/api\/auth\/(?:signin|callback)\/([\w-]+)$/.exec(path) ?? []
  const target = provider ? (response.headers.get('location') ?? (await urlIn(response))) : null
  const error = target && URL.canParse(target) ? new URL(target).searchParams.get('error') : null
  const fault = error && Object.hasOwn(faults, error) ? faults[error] : undefined
  if (!provider || !error || !fault) return response
  const exchange = signInExchange(headers, next, { method: request.method, path })
  // the browser returned without the cookies set when it left
  const kept = target ? new URL(target).searchParams.get('kept') : null
  const tls = kept ? undefined : tlsCauses.get(arrival)
  const name = providerName(provider)
  const reason: Reason = tls
    ? { kind: 'provider-untrusted', provider: name, tls }
    : { kind: 'provider-failed', provider: name, fault: kept ? 'cookie' : fault }
  refuseSignIn(exchange, reason, 401)
  const query = new URLSearchParams({
    error: tls ? 'certificate' : error,
    provider,
    next: nextOfCallback(nextIn(response) ?? next),
    ...(kept ? { kept } : {}),
  })
  return withTarget(`${env().origin}/sign-in?${query}`, response)
}

/** The cookies that next-auth sets in a browser before it redirects to a provider. */
const sentCookie = /next-auth\.(?:state|pkce\.code_verifier|nonce)=/

/**
 * Refuses a provider callback from a browser that was not sent there (RFC 6749 §10.12), without a
 * request to the provider.
 *
 * @param segments of the path after `/api/auth/`
 * @returns the response that next-auth gives to an invalid callback; `null` otherwise
 */
export function refusedReturn(
  { headers }: Request,
  [action, provider]: readonly string[],
  { providers }: Pick<NextAuthOptions, 'providers'>,
): Response | null {
  const isReturn = providers.some(
    ({ id, type, options }) =>
      action === 'callback' && type === 'oauth' && (options?.id ?? id) === provider,
  )
  if (!isReturn || sentCookie.test(headers.get('cookie') ?? '')) return null
  const location = `${env().origin}/sign-in?error=OAuthCallback&kept=nothing`
  return new Response(null, { status: 302, headers: { location } })
}

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
