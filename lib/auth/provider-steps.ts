import 'server-only'
import type { NextAuthOptions } from 'next-auth'
import { env } from '@/lib/config/env'

/** What next-auth keeps in a browser that it has sent to a provider. */
const sentCookie = /next-auth\.(?:state|pkce\.code_verifier|nonce)=/

/**
 * A return from a provider of a browser that was not sent there (RFC 6749 §10.12): nobody is asked for it.
 *
 * @param segments of the path behind `/api/auth/`
 * @returns the answer that next-auth gives where it does not accept what came back; `null` otherwise
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
