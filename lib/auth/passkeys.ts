import 'server-only'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { env } from '@/lib/env'
import { hashSecret } from '@/lib/oauth/secret'
import { consumeChallenge, listPasskeysOf, type Passkey, saveChallenge } from '@/lib/store/passkeys'
import type { Operator } from './operator'

const challengeMs = 5 * 60_000

/** The RP ID: the host people see (WebAuthn §5.1.2). */
export const relyingPartyId = (): string => new URL(env().origin).hostname

/** Uses up a challenge that this server made, for adding a passkey (`userId`) or signing in (`null`). */
export const challengeFor =
  (userId: string | null) =>
  (challenge: string): Promise<boolean> =>
    consumeChallenge(hashSecret(challenge), userId, new Date())

const remember = (challenge: string, userId: string | null): Promise<void> =>
  saveChallenge(hashSecret(challenge), userId, new Date(Date.now() + challengeMs))

/** What a browser needs to sign in with whichever passkey it has for this server. */
export async function signInOptions(): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const options = await generateAuthenticationOptions({
    rpID: relyingPartyId(),
    userVerification: 'required',
    timeout: challengeMs,
  })
  await remember(options.challenge, null)
  return options
}

/** What a browser needs to make a passkey for a person. */
export async function creationOptions(
  self: Operator,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const known = await listPasskeysOf(self.id)
  const options = await generateRegistrationOptions({
    rpName: env().serverName,
    rpID: relyingPartyId(),
    userID: new TextEncoder().encode(self.id),
    userName: self.email,
    userDisplayName: self.name ?? self.email,
    timeout: challengeMs,
    attestationType: 'none',
    excludeCredentials: known.map(({ id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  await remember(options.challenge, self.id)
  return options
}

/** What is kept of a passkey that a browser has made. */
export type MadePasskey = Pick<Passkey, 'id' | 'publicKey' | 'counter' | 'transports' | 'backedUp'>

/** Checks a passkey that a browser has made (WebAuthn §7.1). @returns `null` when it is not accepted */
export async function checkMadePasskey(
  self: Operator,
  response: unknown,
): Promise<MadePasskey | null> {
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: response as RegistrationResponseJSON,
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
    // the library throws for whatever does not fit; a browser of ours sends nothing of the kind
    return null
  }
}
