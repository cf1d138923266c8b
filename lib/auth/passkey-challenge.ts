import 'server-only'
import { signInOptions } from './passkeys'

/**
 * `POST /api/auth/passkey`: a new challenge for the browser, good for five minutes and one answer. It
 * costs a hash and no row, so that nobody's asking keeps anybody else from it.
 */
export const passkeyChallenge = async (): Promise<Response> =>
  Response.json(await signInOptions(), { headers: { 'cache-control': 'no-store' } })
