import 'server-only'
import { findUserForSignIn } from '@/lib/store/users'
import { openSession, type SignedIn } from './open-session'
import { passwordMatches } from './passwords'
import { methodAfter } from './second-step'
import { refuseSignIn, signInExchange, ThrottledError } from './sign-in-exchange'
import { countGuess, forgetGuesses } from './throttle'

/** What the sign-in form sends. */
export type SignInAttempt = {
  readonly email: string
  readonly password: string
  /** a one-time or recovery code; empty at the first step */
  readonly code: string
  /** where the form stood; names the interaction somebody signs in for */
  readonly from: string | undefined
}

/**
 * Checks an e-mail address and password, and a code of those who have an authenticator app.
 *
 * @returns the user, or `null` when they do not belong together
 * @throws {ThrottledError} and what {@link methodAfter} throws
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
  const method = await methodAfter('password', found.user, attempt.code, exchange)
  // only now: guesses at the code count, too
  await forgetGuesses(attempt.email)
  return openSession(found.user, method, exchange)
}
