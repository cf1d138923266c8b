import 'server-only'
import { env } from '@/lib/config/env'
import type { Reason } from '@/lib/reasons'
import { openExchange } from '@/lib/recorder/exchange'
import { record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'

/** The interaction in `/sign-in?next=/consent/<interaction>`, to join the two in the log. */
function interactionOf(from: string | undefined): string | undefined {
  if (!from || !URL.canParse(from, env().origin)) return undefined
  const url = new URL(from, env().origin)
  const next = url.searchParams.get('next') ?? url.pathname
  return /^\/consent\/(int_[\w-]{22})$/.exec(next)?.[1]
}

/**
 * The exchange of a sign-in attempt.
 *
 * @param from the URL of the form or its target; names the interaction that the sign-in is for
 */
export function signInExchange(
  headers: Headers,
  from: string | undefined,
  request = { method: 'POST', path: '/sign-in' },
): Exchange {
  const exchange = openExchange({ ...request, headers })
  exchange.ids.interactionId = interactionOf(from)
  return exchange
}

/** Records a refused sign-in and its reason, with the account's e-mail address if known. */
export function refuseSignIn(
  exchange: Exchange,
  reason: Reason,
  status: number,
  email?: string,
): null {
  record(exchange, 'operator.refused', status, { reason, email })
  return null
}

/** Thrown when an account, browser or address has used up its guesses; the form shows the wait. */
export class SignInThrottledError extends Error {
  constructor(seconds: number) {
    super(`throttled:${seconds}`)
  }
}

/**
 * Records and refuses a throttled sign-in.
 *
 * @param seconds to wait
 * @param email of the account, once the caller has proved that it is theirs
 * @throws {SignInThrottledError}
 */
export function refuseThrottled(
  exchange: Exchange,
  reason: Reason,
  seconds: number,
  email?: string,
): never {
  refuseSignIn(exchange, reason, 429, email)
  throw new SignInThrottledError(seconds)
}

/** Thrown when the first step is right but a one-time code is missing or wrong; the form asks for one. */
export class CodeError extends Error {
  constructor(what: 'needed' | 'wrong') {
    super(`code-${what}`)
  }
}
