import 'server-only'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { env } from '@/lib/config/env'
import { parseJson } from '@/lib/http/json'
import { listPasskeysOf, type Passkey } from '@/lib/store/people/passkeys'
import type { Operator } from './operator'
import { challengeFor, challengeMs, newChallenge } from './passkey-challenges'

/** The RP ID: this server's host name (WebAuthn §5.1.2). */
export const relyingPartyId = (): string => new URL(env().origin).hostname

/**
 * `POST /api/auth/passkey`: the options for a browser to sign in with any passkey it has for this server.
 * The challenge is valid for five minutes and one answer. It costs one hash and no database row, so that a
 * flood of requests blocks nobody.
 */
export async function passkeyChallenge(): Promise<Response> {
  const options = await generateAuthenticationOptions({
    rpID: relyingPartyId(),
    challenge: newChallenge(null, new Date()),
    userVerification: 'required',
    timeout: challengeMs,
  })
  return Response.json(options, { headers: { 'cache-control': 'no-store' } })
}

/** The options for a browser to create a passkey for a person. */
export async function creationOptions(
  self: Operator,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const known = await listPasskeysOf(self.id)
  return generateRegistrationOptions({
    rpName: env().serverName,
    rpID: relyingPartyId(),
    userID: new TextEncoder().encode(self.id),
    userName: self.email,
    userDisplayName: self.name ?? self.email,
    challenge: newChallenge(self.id, new Date()),
    timeout: challengeMs,
    attestationType: 'none',
    excludeCredentials: known.map(({ id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

/** The stored part of a new passkey. */
type MadePasskey = Pick<Passkey, 'id' | 'publicKey' | 'counter' | 'transports' | 'backedUp'>

/** Checks a browser's answer with a new passkey (WebAuthn §7.1). @returns `null` if it is not accepted */
export async function checkMadePasskey(
  self: Operator,
  answer: string,
): Promise<MadePasskey | null> {
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: parseJson(answer) as RegistrationResponseJSON,
      expectedChallenge: challengeFor(self.id),
      expectedOrigin: env().origin,
      expectedRPID: relyingPartyId(),
      requireUserVerification: true,
    })
    if (!registrationInfo) return null
    const { id, publicKey, counter, transports = [] } = registrationInfo.credential
    return {
      id,
      publicKey: new Uint8Array(publicKey),
      counter: BigInt(counter),
      transports: transports.slice(0, 10),
      backedUp: registrationInfo.credentialBackedUp,
    }
  } catch {
    // an invalid answer; this server's pages never send one
    return null
  }
}
