import 'server-only'
import CredentialsProvider from 'next-auth/providers/credentials'
import { deviceCookieIn } from '@/lib/http/device-cookie-name'
import { findUser } from '@/lib/store/people/users'
import { contained } from './contained'
import { knownDevice } from './device-cookie'
import { openSession, type SignedIn } from './open-session'
import { methodAfter } from './second-step'
import { refuseSignIn, refuseThrottled, signInExchange } from './sign-in-exchange'
import { countGuess, forgetGuesses, secondStepBudgets } from './throttle'
import { readTicket } from './ticket'

/** Completes a sign-in after the first step at another provider. */
async function finishSignIn(
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
  return openSession(user, method, exchange)
}

/** next-auth's provider for the second step after another provider. */
export const secondStepProvider = CredentialsProvider({
  id: 'second-step',
  name: 'One-time code',
  credentials: { code: { label: 'One-time code', type: 'text' } },
  authorize: async (credentials, request) => {
    if (!credentials) return null
    const { callbackUrl } = (request.body ?? {}) as { callbackUrl?: string }
    const headers = new Headers(request.headers as Record<string, string>)
    const code = String(credentials.code ?? '').trim()
    return contained(() => finishSignIn(code, callbackUrl, headers))
  },
})
