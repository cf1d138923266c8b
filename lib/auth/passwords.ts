import 'server-only'
import { hash, verify } from '@node-rs/argon2'
import { type HashingLane, inTurn } from './hashing-queue'

/** OWASP's first recommendation for argon2id; `memoryCost` in KiB. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The shortest password accepted, in characters. */
export const shortestPassword = 12
const longestPassword = 256

/** What is wrong with a new password, or `null`. */
export function passwordProblem(password: string): string | null {
  if (password.length < shortestPassword) return `Use at least ${shortestPassword} characters.`
  return password.length > longestPassword ? `Use at most ${longestPassword} characters.` : null
}

/** Hashes a new password (argon2id, PHC string). @throws {BusyError} */
export const hashPassword = (password: string): Promise<string> =>
  inTurn('known', () => hash(password, cost))

let decoy: Promise<string> | undefined

/**
 * Whether a password is correct. It takes as long without a stored hash, so that the duration does not
 * reveal whether an account exists.
 *
 * @param lane of the hashing queue
 * @throws {BusyError}
 */
export async function passwordMatches(
  password: string,
  stored: string | null,
  lane: HashingLane,
): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password')
  const against = stored ?? (await decoy)
  const matches = await inTurn(lane, () => verify(against, password.slice(0, longestPassword)))
  return matches && stored !== null
}
