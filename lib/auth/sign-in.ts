import 'server-only'
import { env } from '@/lib/env'
import { describe, type Exchange, openExchange } from '@/lib/events/exchange'
import { announce, record } from '@/lib/events/recorder'
import { findUserForSignIn, noteSignIn, type User } from '@/lib/store/users'
import { passwordMatches } from './passwords'
import { countGuess, forgetGuesses } from './throttle'

/** What the sign-in form sends. */
export type SignInAttempt = {
  readonly email: string
  readonly password: string
  /** where the form stood; names the interaction somebody signs in for */
  readonly from: string | undefined
}

/** Thrown when an account or address has used up its guesses; the form shows the wait. */
export class ThrottledError extends Error {
  constructor(seconds: number) {
    super(`throttled:${seconds}`)
  }
}

/** The interaction in `/sign-in?next=/consent/<interaction>`, so that the log joins the two. */
function interactionOf(from: string | undefined): string | undefined {
  if (!from || !URL.canParse(from)) return undefined
  const next = new URL(from).searchParams.get('next') ?? ''
  return /^\/consent\/(int_[\w-]{22})$/.exec(next)?.[1]
}

function refuse(exchange: Exchange, reason: string, status: number): null {
  // who tried is not recorded: the field may hold a password typed into the wrong box
  record(exchange, 'operator.refused', status, { reason })
  return null
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
): Promise<User | null> {
  const arrival = { method: 'POST', path: '/sign-in', headers }
  const exchange = openExchange(arrival, env().proxyHops)
  exchange.ids.interactionId = interactionOf(attempt.from)
  const wait = await countGuess(attempt.email, exchange.address)
  if (wait > 0) {
    refuse(exchange, 'throttled', 429)
    throw new ThrottledError(wait)
  }
  const found = await findUserForSignIn(attempt.email)
  const right = await passwordMatches(attempt.password, found?.passwordHash ?? null)
  if (!found || !right) return refuse(exchange, 'wrong e-mail address or password', 401)
  await forgetGuesses(attempt.email)
  exchange.ids.userId = found.user.id
  const detail = { email: found.user.email, provider: 'password' }
  const events = [describe(exchange, 'operator.signed-in', 200, detail)]
  await noteSignIn(found.user.id, exchange.startedAt, events)
  announce(exchange, events)
  return found.user
}
