import { createHash, hash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A new secret of 256 random bits, with a prefix by which scanners find a leaked one. */
export const newSecret = (prefix: string): string =>
  `${prefix}${randomBytes(32).toString('base64url')}`

/** A new identifier of 128 random bits; no secret, but hard to guess. */
export const newId = (prefix: string): string => `${prefix}${randomBytes(16).toString('base64url')}`

/** SHA-256, base64url: enough to store a secret that has 256 random bits. */
export const hashSecret = (secret: string): string => hash('sha256', secret, 'base64url')

/** Compares in constant time, which does not reveal where two strings differ. */
export function constantTimeEqual(a: string, b: string): boolean {
  const left = createHash('sha256').update(a).digest()
  const right = createHash('sha256').update(b).digest()
  return timingSafeEqual(left, right)
}
