import 'server-only'
import { signInOptions } from './passkeys'

/**
 * `POST /api/auth/passkey`: a new challenge, valid for five minutes and one answer. It costs one hash
 * and no database row, so that a flood of requests blocks nobody.
 */
export const passkeyChallenge = async (): Promise<Response> =>
  Response.json(await signInOptions(), { headers: { 'cache-control': 'no-store' } })
