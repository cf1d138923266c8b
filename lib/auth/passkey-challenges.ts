import 'server-only'
import { randomBytes } from 'node:crypto'
import { keyedHash } from '@/lib/config/secrets'
import { constantTimeEqual, hashSecret } from '@/lib/oauth/secret'
import { consumeChallenge } from '@/lib/store/people/passkeys'

/** How long an answer may take, in milliseconds. */
export const challengeMs = 5 * 60_000

const nonceBytes = 16
const timeBytes = 6
const textBytes = nonceBytes + timeBytes

const signed = (text: Buffer, userId: string | null): Buffer => {
  const mac = keyedHash('passkey-challenge', `${userId ?? ''} ${text.toString('base64url')}`)
  return Buffer.concat([text, Buffer.from(mac, 'base64url')])
}

/**
 * A challenge for a passkey (WebAuthn §13.4.3). Anyone may request any number: it contains its own user
 * and expiry, and is not stored until it is answered.
 *
 * @param userId the user who adds a passkey; `null` for a sign-in
 */
export function newChallenge(userId: string | null, now: Date): Uint8Array<ArrayBuffer> {
  const text = Buffer.alloc(textBytes)
  randomBytes(nonceBytes).copy(text)
  text.writeUIntBE(now.getTime() + challengeMs, nonceBytes, timeBytes)
  return new Uint8Array(signed(text, userId))
}

/** When a challenge expires; `null` if it has expired or this server did not make it. */
export function challengeEnd(challenge: string, userId: string | null, now: Date): Date | null {
  const bytes = Buffer.from(challenge, 'base64url')
  if (bytes.length < textBytes) return null
  const text = bytes.subarray(0, textBytes)
  const whole = signed(text, userId).toString('base64url')
  if (!constantTimeEqual(challenge, whole)) return null
  const end = new Date(text.readUIntBE(nonceBytes, timeBytes))
  return end > now ? end : null
}

/** Consumes a challenge of this server, for adding a passkey (`userId`) or signing in (`null`). */
export const challengeFor =
  (userId: string | null) =>
  async (challenge: string): Promise<boolean> => {
    const end = challengeEnd(challenge, userId, new Date())
    return end !== null && consumeChallenge(hashSecret(challenge), userId, end)
  }
