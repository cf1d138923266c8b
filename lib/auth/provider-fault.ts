import 'server-only'
import { env } from '@/lib/config/env'
import type { ProviderFault, Reason } from '@/lib/reasons'
import { nextOfCallback } from './next-path'
import type { AuthRequest } from './provider-callback'
import { providerTlsCause } from './provider-tls'
import { providerName } from './providers'
import { refuseSignIn, signInExchange } from './sign-in-exchange'

/** next-auth's error codes for a fault between it and a provider. */
const faults: Readonly<Record<string, ProviderFault>> = {
  OAuthSignin: 'unreachable',
  OAuthCallback: 'answer',
  Callback: 'refused',
}

/** The target of a response: its redirect, or the URL in the JSON for next-auth's script. */
async function targetOf(response: Response): Promise<string | null> {
  const location = response.headers.get('location')
  if (location || !response.headers.get('content-type')?.includes('json')) return location
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
  const target = provider ? await targetOf(response) : null
  const error = target && URL.canParse(target) ? new URL(target).searchParams.get('error') : null
  const fault = error && Object.hasOwn(faults, error) ? faults[error] : undefined
  if (!provider || !error || !fault) return response
  const exchange = signInExchange(headers, next, { method: request.method, path })
  // the browser returned without the cookies set when it left (lib/auth/provider-steps.ts)
  const kept = target ? new URL(target).searchParams.get('kept') : null
  const tls = kept ? null : providerTlsCause(arrival)
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
