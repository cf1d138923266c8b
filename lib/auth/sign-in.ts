import 'server-only'
import { deviceCookieIn } from '@/lib/http/device-cookie-name'
import type { Exchange } from '@/lib/recorder/request'
import { findUser, findUserForSignIn } from '@/lib/store/people/users'
import { knownDevice } from './device'
import { BusyError, type HashingLane, hasRoomFor } from './hashing-queue'
import { type SignedIn, startSession } from './open-session'
import { passwordMatches } from './passwords'
import { methodAfter } from './second-step'
import { refuseSignIn, refuseThrottled, signInExchange } from './sign-in-exchange'
import { countGuess, forgetGuesses, guessBudgets, secondStepBudgets } from './throttle'
import { readTicket } from './ticket'

/** What the sign-in form sends. */
export type SignInAttempt = {
  readonly email: string
  readonly password: string
  /** a one-time or recovery code; empty at the first step */
  readonly code: string
  /** the URL of the form; names the interaction that the sign-in is for */
  readonly from: string | undefined
}

/** A large part of the queue drains in three seconds. */
const refuseBusy = (exchange: Exchange): never =>
  refuseThrottled(exchange, { kind: 'sign-in-busy' }, 3)

/**
 * Checks an e-mail address and password, and a code if the account has an authenticator app. Neither the
 * result nor the duration reveals whether the account exists, until the password is right.
 *
 * @returns the user, or `null` when the e-mail address or password is wrong
 * @throws {SignInThrottledError} and what {@link methodAfter} throws
 */
export async function signInWithPassword(
  attempt: SignInAttempt,
  headers: Headers,
): Promise<SignedIn | null> {
  const exchange = signInExchange(headers, attempt.from)
  const found = await findUserForSignIn(attempt.email)
  const cookie = deviceCookieIn(headers.get('cookie'))
  const device = knownDevice(cookie, found?.user ?? null, exchange.startedAt)
  const lane: HashingLane = device ? 'known' : 'stranger'
  // before counting: an attempt that is turned away is not a guess
  if (!hasRoomFor(lane)) return refuseBusy(exchange)
  const budgets = guessBudgets(attempt.email, exchange.address, device)
  const wait = await countGuess(budgets)
  if (wait > 0) return refuseThrottled(exchange, { kind: 'sign-in-throttled' }, wait)
  const right = await passwordMatches(attempt.password, found?.passwordHash ?? null, lane).catch(
    (error) => (error instanceof BusyError ? refuseBusy(exchange) : Promise.reject(error)),
  )
  // the e-mail address is not recorded: someone may have typed a password into that field
  if (!found || !right) return refuseSignIn(exchange, { kind: 'password-wrong' }, 401)
  const method = await methodAfter('password', found.user, attempt.code, exchange)
  // only now: guesses at the code count too
  await forgetGuesses(budgets)
  return startSession(found.user, method, exchange)
}

/** Completes a sign-in after the first step at another provider. @returns `null` when refused */
export async function finishSignIn(
  code: string,
  from: string | undefined,
  headers: Headers,
): Promise<SignedIn | null> {
  const exchange = signInExchange(headers, from)
  const cookie = headers.get('cookie')
  const ticket = readTicket(cookie, exchange.startedAt)
  const user = ticket && (await findUser(ticket.userId))
  // a first step from before the account was disabled or changed its password does not count
  if (!ticket || !user || ticket.at < (user.browsersSince?.getTime() ?? 0)) {
    return refuseSignIn(exchange, { kind: 'second-step-without-first' }, 401)
  }
  const device = knownDevice(deviceCookieIn(cookie), user, exchange.startedAt)
  const budgets = secondStepBudgets(user.id, device)
  const wait = await countGuess(budgets)
  if (wait > 0) return refuseThrottled(exchange, { kind: 'sign-in-throttled' }, wait, user.email)
  const method = await methodAfter(ticket.method, user, code, exchange)
  await forgetGuesses(budgets)
  return startSession(user, method, exchange)
}
