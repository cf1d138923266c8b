import 'server-only'
import type { NextAuthOptions } from 'next-auth'
import { env } from '@/lib/env'
import { openExchange } from '@/lib/events/exchange'
import { budgetAddress } from '@/lib/http/budget-address'
import { countAgainst, ThrottledError } from '@/lib/http/throttle'

/** next-auth asks a provider for its description at each step, which anybody may take. */
const rates = {
  address: { points: 30, seconds: 60 },
  // of all whose address says nothing
  shared: { points: 3000, seconds: 60 },
} as const

/** What next-auth keeps in a browser that it has sent to a provider. */
const sentCookie = /(?:^|;\s*)(?:__Secure-|__Host-)?next-auth\.(?:state|pkce\.code_verifier|nonce)=/

/** Whether a browser that comes back from a provider was sent there (RFC 6749 §10.12). */
const wasSent = (headers: Headers): boolean => sentCookie.test(headers.get('cookie') ?? '')

/** Counts a step towards a provider, on this instance. @returns whether it may be taken */
async function mayAskProvider(address: string | null): Promise<boolean> {
  const key = budgetAddress(address)
  const rate = key === null ? rates.shared : rates.address
  try {
    await countAgainst('provider steps', key ?? 'shared', rate)
    return true
  } catch (error) {
    if (error instanceof ThrottledError) return false
    throw error
  }
}

/**
 * A step towards a provider outside that is not taken: of a browser that was not sent there, or one too
 * many. Nobody is asked for it.
 *
 * @param segments of the path behind `/api/auth/`
 * @returns the answer that next-auth gives where the provider fails; `null` for a step that may be taken
 */
export async function refusedStep(
  { method, url, headers }: Request,
  [action, provider]: readonly string[],
  { providers }: Pick<NextAuthOptions, 'providers'>,
): Promise<Response | null> {
  const isOutside = providers.some(
    ({ id, type, options }) => type === 'oauth' && (options?.id ?? id) === provider,
  )
  if (!isOutside || (action === 'signin' && method !== 'POST')) return null
  const isReturn = action === 'callback'
  const arrival = { method, path: new URL(url).pathname, headers }
  const { address } = openExchange(arrival, env().proxyHops)
  if ((!isReturn || wasSent(headers)) && (await mayAskProvider(address))) return null
  const location = `${env().origin}/sign-in?error=${isReturn ? 'OAuthCallback' : 'OAuthSignin'}`
  const isPage = isReturn || headers.get('accept')?.includes('text/html')
  return isPage
    ? new Response(null, { status: 302, headers: { location } })
    : Response.json({ url: location })
}
