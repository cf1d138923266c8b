import { createHash, hash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A new secret of 256 random bits with a prefix that lets scanners find a leaked one. */
export const newSecret = (prefix: string): string =>
  `${prefix}${randomBytes(32).toString('base64url')}`

/** A new identifier of 128 random bits; not a secret, but not to be guessed either. */
export const newId = (prefix: string): string => `${prefix}${randomBytes(16).toString('base64url')}`

/** SHA-256, base64url: what is stored of a secret that has 256 bits of its own. */
export const hashSecret = (secret: string): string => hash('sha256', secret, 'base64url')

/** Compares without telling by its duration where two strings differ. */
export function constantTimeEqual(a: string, b: string): boolean {
  const left = createHash('sha256').update(a).digest()
  const right = createHash('sha256').update(b).digest()
  return timingSafeEqual(left, right)
}
