import 'server-only'
import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { processWide } from '@/lib/process-wide'
import { env } from './env'

/** What a derived key is for. Each purpose has its own key, so that none can be used for another. */
export type KeyPurpose =
  | 'operator-session'
  | 'signing-key-encryption'
  | 'refresh-token-rotation'
  | 'authorization-code'
  | 'client-secret'
  | 'csrf'
  | 'request-state'
  | 'fingerprint'
  | 'totp-encryption'
  | 'recovery-code'
  | 'sign-in-ticket'
  | 'device-cookie'
  | 'guess-budget'
  | 'passkey-challenge'
  | 'setup-link'
  | 'self-probe'

const derived = new Map<KeyPurpose, Buffer>()

const masterSecret = (): Buffer =>
  processWide('secret', () => Buffer.from(env().secret ?? secretOnDisk(env().dataDir)))

function secretOnDisk(dataDir: string): string {
  const file = path.join(/*turbopackIgnore: true*/ dataDir, 'secret')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  try {
    // `wx`: of two processes that start at once, one writes and both read its secret
    writeFileSync(file, `${randomBytes(48).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const secret = readFileSync(/*turbopackIgnore: true*/ file, 'utf8').trim()
  if (secret.length < 32) throw new Error(`${file} is damaged: restore it from a backup`)
  return secret
}

/** A 256-bit key for one purpose, derived from the master secret (HKDF, RFC 5869). */
export function keyFor(purpose: KeyPurpose): Buffer {
  let key = derived.get(purpose)
  if (!key) {
    key = Buffer.from(hkdfSync('sha256', masterSecret(), 'portico', purpose, 32))
    derived.set(purpose, key)
  }
  return key
}

/** A fingerprint for people to compare master secrets; reveals nothing of the secret. */
export const secretFingerprint = (): string =>
  keyedHash('fingerprint', 'master secret').slice(0, 12)

/** HMAC-SHA-256 of `value` under the key of `purpose`, base64url. */
export const keyedHash = (purpose: KeyPurpose, value: string): string =>
  createHmac('sha256', keyFor(purpose)).update(value).digest('base64url')
