import 'server-only'
import type { AuthRequest } from './options'
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

/** Records that signing in with a provider failed before anybody was known. */
export async function recordProviderFault(
  request: Request,
  response: Response,
  { headers, path, next }: AuthRequest,
): Promise<void> {
  const [, provider] = /^\/api\/auth\/(?:signin|callback)\/([\w-]+)$/.exec(path) ?? []
  if (!provider) return
  const target = await targetOf(response)
  const code = target && URL.canParse(target) ? new URL(target).searchParams.get('error') : null
  const reason = code && Object.hasOwn(reasons, code) ? reasons[code] : undefined
  if (!reason) return
  const exchange = signInExchange(headers, next, { method: request.method, path })
  refuseSignIn(exchange, `${providerName(provider)}: ${reason}`, 401)
}
