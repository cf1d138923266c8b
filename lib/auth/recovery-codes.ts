import 'server-only'
import { randomInt } from 'node:crypto'
import { keyedHash } from '@/lib/config/secrets'

/** Without the letters that look like digits (Crockford's base 32). */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const howMany = 10
const halfLength = 5

const half = (): string =>
  Array.from({ length: halfLength }, () => alphabet[randomInt(alphabet.length)]).join('')

/** New recovery codes of 50 bits each, such as `7kq2m-x94hb`, and their stored hashes. */
export function newRecoveryCodes(userId: string) {
  const codes = Array.from({ length: howMany }, () => `${half()}-${half()}`)
  return { codes, hashes: codes.map((code) => hashRecoveryCode(userId, code)) }
}

/** The stored hash of a recovery code; ignores spacing and case. */
export function hashRecoveryCode(userId: string, code: string): string {
  const plain = code.toLowerCase().replace(/[^0-9a-z]/g, '')
  return keyedHash('recovery-code', `${userId} ${plain}`)
}
