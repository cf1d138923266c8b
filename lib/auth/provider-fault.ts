import 'server-only'
import { env } from '@/lib/env'
import { nextOfCallback } from './next-path'
import type { AuthRequest } from './provider-callback'
import { providerTlsCause } from './provider-tls'
import { providerName } from './providers'
import { refuseSignIn, signInExchange } from './sign-in-exchange'

/** What next-auth's codes for a fault between it and a provider mean. */
const reasons: Readonly<Record<string, string>> = {
  OAuthSignin: 'the provider could not be reached',
  OAuthCallback: 'the answer of the provider was not accepted',
  Callback: 'the provider did not sign them in',
}

/** Where an answer leads: a redirect, or the address that next-auth's own script asked for. */
async function targetOf(response: Response): Promise<string | null> {
  const location = response.headers.get('location')
  if (location || !response.headers.get('content-type')?.includes('json')) return location
  const body = (await response.clone().json()) as { url?: unknown } | null
  return typeof body?.url === 'string' ? body.url : null
}

/** Where the page leads that was just left: the answer to a sign-in form keeps it in a cookie. */
function nextIn(response: Response): string | undefined {
  const cookies = response.headers.getSetCookie().join('\n')
  const [, value] = /next-auth\.callback-url=([^;\n]+)/.exec(cookies) ?? []
  return value && decodeURIComponent(value)
}

/** The same answer, leading elsewhere. */
export function leadingTo(url: string, response: Response): Response {
  const headers = new Headers(response.headers)
  if (headers.has('location')) {
    headers.set('location', url)
    return new Response(null, { status: response.status, headers })
  }
  headers.delete('content-length')
  return new Response(JSON.stringify({ url }), { status: response.status, headers })
}

/**
 * Records that signing in with a provider failed before anybody was known, and leads to the sign-in
 * page, which says with which provider.
 */
export async function withProviderFault(
  request: Request,
  response: Response,
  arrival: AuthRequest,
): Promise<Response> {
  const { headers, path, next } = arrival
  const [, provider] = /^\/api\/auth\/(?:signin|callback)\/([\w-]+)$/.exec(path) ?? []
  const target = provider ? await targetOf(response) : null
  const error = target && URL.canParse(target) ? new URL(target).searchParams.get('error') : null
  if (!provider || !error || !Object.hasOwn(reasons, error)) return response
  const exchange = signInExchange(headers, next, { method: request.method, path })
  // it came back without what it was given when it left (lib/auth/provider-steps.ts)
  const kept = target ? new URL(target).searchParams.get('kept') : null
  const ofTls = kept ? null : providerTlsCause(arrival)
  const otherwise = ofTls ? `cannot be trusted: ${ofTls}` : reasons[error]
  const why = kept ? 'the browser did not bring back its cookie' : otherwise
  refuseSignIn(exchange, `${providerName(provider)}: ${why}`, 401)
  const query = new URLSearchParams({
    error: ofTls ? 'certificate' : error,
    provider,
    next: nextOfCallback(nextIn(response) ?? next),
    ...(kept ? { kept } : {}),
  })
  return leadingTo(`${env().origin}/sign-in?${query}`, response)
}
