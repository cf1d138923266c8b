import 'server-only'
import type { Exchange } from '@/lib/events/exchange'
import { record } from '@/lib/events/recorder'
import { findUserForSignIn, type User } from '@/lib/store/users'
import { openSession, type SignedIn } from './open-session'
import { passwordMatches } from './passwords'
import { secondStepOf, secondStepTaken } from './second-step'
import { CodeError, refuseSignIn, signInExchange, ThrottledError } from './sign-in-exchange'
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
 * The second step of somebody whose password was right.
 *
 * @returns how they signed in
 * @throws {CodeError} when a code is missing or wrong
 */
async function methodAfter(user: User, code: string, exchange: Exchange): Promise<string> {
  const totp = await secondStepOf(user.id)
  if (!totp) return 'password'
  exchange.ids.userId = user.id
  if (!code) {
    record(exchange, 'operator.challenged', 200, { email: user.email })
    throw new CodeError('needed')
  }
  const second = await secondStepTaken(totp, code, exchange.startedAt)
  if (second) return `password and ${second}`
  refuseSignIn(exchange, 'wrong one-time code', 401, user.email)
  throw new CodeError('wrong')
}

/**
 * Checks an e-mail address and password, and a code of those who have an authenticator app.
 *
 * @returns the user, or `null` when they do not belong together
 * @throws {ThrottledError | CodeError}
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
  const method = await methodAfter(found.user, attempt.code, exchange)
  // only now: guesses at the code count, too
  await forgetGuesses(attempt.email)
  return openSession(found.user, method, exchange)
}
