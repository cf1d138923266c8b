import 'server-only'
import { env } from '@/lib/env'
import { clientAddress } from '@/lib/http/address'
import { signInOptions } from './passkeys'
import { countAddress } from './throttle'

/** `POST /api/auth/passkey`: a new challenge for the browser, good for five minutes and one answer. */
export async function passkeyChallenge(request: Request): Promise<Response> {
  const address = clientAddress(request.headers.get('x-forwarded-for'), env().proxyHops)
  const seconds = await countAddress(address)
  const headers = { 'cache-control': 'no-store' }
  if (seconds > 0) {
    const wait = { ...headers, 'retry-after': String(seconds) }
    return Response.json({ seconds }, { status: 429, headers: wait })
  }
  return Response.json(await signInOptions(), { headers })
}
