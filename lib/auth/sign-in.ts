import 'server-only'
import { findUserForSignIn } from '@/lib/store/users'
import { openSession, type SignedIn } from './open-session'
import { passwordMatches } from './passwords'
import { refuseSignIn, signInExchange, ThrottledError } from './sign-in-exchange'
import { countGuess, forgetGuesses } from './throttle'

/** What the sign-in form sends. */
export type SignInAttempt = {
  readonly email: string
  readonly password: string
  /** where the form stood; names the interaction somebody signs in for */
  readonly from: string | undefined
}

/**
 * Checks an e-mail address and password.
 *
 * @returns the user, or `null` when they do not belong together
 * @throws {ThrottledError}
 */
export async function signInWithPassword(
  attempt: SignInAttempt,
  headers: Headers,
): Promise<SignedIn | null> {
  const exchange = signInExchange(headers, attempt.from)
  const wait = await countGuess(attempt.email, exchange.address)
  if (wait > 0) {
    refuseSignIn(exchange, 'throttled', 429)
    throw new ThrottledError(wait)
  }
  const found = await findUserForSignIn(attempt.email)
  const right = await passwordMatches(attempt.password, found?.passwordHash ?? null)
  // who tried is not recorded: the field may hold a password typed into the wrong box
  if (!found || !right) return refuseSignIn(exchange, 'wrong e-mail address or password', 401)
  await forgetGuesses(attempt.email)
  return openSession(found.user, 'password', exchange)
}
