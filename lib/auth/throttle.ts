import 'server-only'
import { hashSecret } from '@/lib/oauth/secret'
import { consumePoint, forgetPoints } from '@/lib/store/rate-limits'

/** How many wrong guesses, in how many seconds. */
const limits = {
  /** against one account */
  account: { points: 10, seconds: 15 * 60 },
  /** from one address, against any account */
  address: { points: 50, seconds: 15 * 60 },
  /** challenges and answers of passkeys, which cannot be guessed, from one address */
  passkey: { points: 200, seconds: 15 * 60 },
}

const accountKey = (email: string): string =>
  `sign-in:account:${hashSecret(email.trim().toLowerCase())}`
const addressKey = (address: string): string => `sign-in:address:${address}`

/**
 * Counts a guess before it is checked.
 *
 * @returns seconds to wait, or 0 when the guess may be checked
 */
export async function countGuess(email: string, address: string | null): Promise<number> {
  const waits = await Promise.all([
    consumePoint(accountKey(email), limits.account.points, limits.account.seconds),
    address ? consumePoint(addressKey(address), limits.address.points, limits.address.seconds) : 0,
  ])
  return Math.max(...waits)
}

/**
 * Counts an attempt that names no account, such as one with a passkey: what is asked and what is
 * answered are one each.
 *
 * @returns seconds to wait, or 0 when it may go on
 */
export const countAddress = async (address: string | null): Promise<number> =>
  address
    ? consumePoint(`passkey:address:${address}`, limits.passkey.points, limits.passkey.seconds)
    : 0

/** A right password ends the count against the account. */
export const forgetGuesses = (email: string): Promise<void> => forgetPoints(accountKey(email))
