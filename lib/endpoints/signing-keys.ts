import 'server-only'
import { keyFor } from '@/lib/config/secrets'
import {
  type AccessTokenClaims,
  accessTokenAlgorithm,
  keyIdOf,
  type Signer,
  type TokenProblem,
  verifyAccessToken,
} from '@/lib/oauth/access-token'
import { generateSigningKey, importPublicKey, openSigningKey } from '@/lib/oauth/signing-keys'
import { processWide } from '@/lib/process-wide'
import { commit } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import { isListening, subscribeToChannel } from '@/lib/store/database/notifications'
import { currentSettings } from '@/lib/store/settings/current'
import {
  createFirstSigningKey,
  listSigningKeys,
  replaceSigningKey,
  type StoredKey,
} from '@/lib/store/tokens/signing-keys'
import { acceptedNames } from './addresses'

/** The signing keys of this server, ready to use. */
type SigningKeys = {
  readonly signer: Signer
  readonly publicKeys: ReadonlyMap<string, CryptoKey>
  readonly publicJwks: readonly StoredKey['publicJwk'][]
}

async function open(key: StoredKey): Promise<Signer> {
  try {
    return { kid: key.id, key: await openSigningKey(key, keyFor('signing-key-encryption')) }
  } catch (cause) {
    throw new Error(
      'the signing key was encrypted under another PORTICO_SECRET; set the one this database was made with',
      { cause },
    )
  }
}

/** Instances' clocks differ, and an instance may sign with the old key until it is notified. */
const overlapMs = 10 * 60_000

/** Until when a key verifies: its last token must have expired; `null` while it still signs. */
export const verifiesUntil = ({ retiredAt }: StoredKey): Date | null =>
  retiredAt &&
  new Date(retiredAt.getTime() + currentSettings().longestAccessToken * 1000 + overlapMs)

const stillVerifies = (key: StoredKey, now: number): boolean =>
  (verifiesUntil(key)?.getTime() ?? Number.POSITIVE_INFINITY) > now

async function load(): Promise<SigningKeys> {
  let stored = await listSigningKeys()
  if (!stored.some((key) => !key.retiredAt)) {
    const made = await generateSigningKey(keyFor('signing-key-encryption'))
    stored = [await createFirstSigningKey(made), ...stored]
  }
  const current = stored.find((key) => !key.retiredAt)
  if (!current) throw new Error('there is no signing key')
  const verifying = stored.filter((key) => stillVerifies(key, Date.now()))
  const publicKeys = await Promise.all(
    verifying.map(
      async (key) => [key.id, await importPublicKey(key.publicJwk, accessTokenAlgorithm)] as const,
    ),
  )
  return {
    signer: await open(current),
    publicKeys: new Map(publicKeys),
    publicJwks: verifying.map((key) => key.publicJwk),
  }
}

const held = processWide('signing-keys', () => ({
  keys: null as Promise<SigningKeys> | null,
  readAt: 0,
  subscribed: false,
}))

/** How long keys are cached, while notifications of a rotation arrive and while they do not. */
const cacheMs = { listening: 10 * 60_000, polling: 15_000 }

const isOld = (): boolean =>
  Date.now() - held.readAt > (isListening() ? cacheMs.listening : cacheMs.polling)

/** The signing keys: created at first use, then cached until a rotation or until they are too old. */
export function signingKeys(): Promise<SigningKeys> {
  if (!held.subscribed) {
    held.subscribed = true
    subscribeToChannel('portico_keys', forgetSigningKeys)
  }
  if (held.keys && !isOld()) return held.keys
  // if the read fails, the known keys stay in use
  const known = held.keys
  held.readAt = Date.now()
  const read = load().catch((error) => {
    held.keys = known
    if (!known) throw error
    return known
  })
  held.keys = read
  return read
}

/** Makes the next use read the keys again. */
export function forgetSigningKeys(): void {
  held.readAt = Number.NEGATIVE_INFINITY
}

/** How often an unknown key id may trigger another read, in milliseconds. */
const rereadMs = 1000

/**
 * The keys to verify a token with. An unknown key id may come from a rotation whose notification was
 * lost, so the keys are read again, but not for every forged token.
 */
async function keysToVerify(token: string): Promise<ReadonlyMap<string, CryptoKey>> {
  const { publicKeys } = await signingKeys()
  const kid = keyIdOf(token)
  if (kid === null || publicKeys.has(kid) || Date.now() - held.readAt < rereadMs) return publicKeys
  forgetSigningKeys()
  return (await signingKeys()).publicKeys
}

/** The claims of an access token of this server under any of its names, or why it is not accepted. */
export const verifiedClaims = async (
  token: string,
  now: Date,
): Promise<AccessTokenClaims | TokenProblem> =>
  verifyAccessToken(token, await keysToVerify(token), acceptedNames(), now)

/** Replaces the signing key on every instance. @returns the id of the new one */
export async function rotateSigningKey(exchange: Exchange): Promise<string> {
  const key = await generateSigningKey(keyFor('signing-key-encryption'))
  await commit(exchange, (describe, actor) =>
    replaceSigningKey(key, exchange.startedAt, actor, [describe('key.rotated', { keyId: key.id })]),
  )
  forgetSigningKeys()
  return key.id
}
