import 'server-only'
import {
  type AuthenticationResponseJSON,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server'
import { z } from 'zod'
import { env } from '@/lib/config/env'
import { parseJson } from '@/lib/http/json'
import { findPasskey, notePasskeyUse, type Passkey } from '@/lib/store/people/passkeys'
import { type SignedIn, startSession } from './open-session'
import { challengeFor } from './passkey-challenges'
import { relyingPartyId } from './passkeys'
import { refuseSignIn, signInExchange } from './sign-in-exchange'

const answer = z.looseObject({
  id: z.string().max(2000),
  response: z.looseObject({ userHandle: z.string().max(200).nullish() }),
})

function parse(text: string): z.output<typeof answer> | null {
  try {
    return answer.parse(parseJson(text))
  } catch {
    return null
  }
}

/** Checks the signature (WebAuthn §7.2). @returns the authenticator's counter, or what is wrong */
async function verify(
  response: AuthenticationResponseJSON,
  { id, publicKey, counter, transports }: Passkey,
): Promise<bigint | string> {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challengeFor(null),
      expectedOrigin: env().origin,
      expectedRPID: relyingPartyId(),
      credential: { id, publicKey, counter: Number(counter), transports },
      requireUserVerification: true,
    })
    return verified ? BigInt(authenticationInfo.newCounter) : 'the signature is not right'
  } catch (error) {
    return error instanceof Error ? error.message : 'not readable'
  }
}

/**
 * Checks a browser's response to {@link passkeyChallenge}. Not throttled: a signature cannot be guessed,
 * and a response with an unknown passkey id costs one look-up.
 *
 * @param text of the response, JSON
 * @returns `null` when refused
 */
export async function signInWithPasskey(
  text: string,
  from: string | undefined,
  headers: Headers,
): Promise<SignedIn | null> {
  const exchange = signInExchange(headers, from)
  const response = parse(text)
  const found = response && (await findPasskey(response.id))
  if (!response || !found) return refuseSignIn(exchange, { kind: 'passkey-unknown' }, 401)
  const { passkey, user } = found
  exchange.ids.userId = user.id
  const { userHandle } = response.response
  // WebAuthn §7.2, step 6: the authenticator names the user
  if (userHandle && Buffer.from(userHandle, 'base64url').toString() !== user.id) {
    return refuseSignIn(exchange, { kind: 'passkey-of-another-account' }, 401)
  }
  const counter = await verify(response as unknown as AuthenticationResponseJSON, passkey)
  if (typeof counter === 'string') {
    const reason = { kind: 'passkey-not-accepted', error: counter } as const
    return refuseSignIn(exchange, reason, 401, user.email)
  }
  if (!(await notePasskeyUse(passkey, counter, exchange.startedAt))) {
    return refuseSignIn(exchange, { kind: 'passkey-used-twice' }, 401, user.email)
  }
  // possession and PIN or biometrics: two factors, so no code is needed
  return startSession(user, 'passkey', exchange)
}
