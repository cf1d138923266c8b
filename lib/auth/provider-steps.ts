import 'server-only'
import type { NextAuthOptions } from 'next-auth'
import { env } from '@/lib/config/env'

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
