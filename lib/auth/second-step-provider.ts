import 'server-only'
import CredentialsProvider from 'next-auth/providers/credentials'
import { findUser } from '@/lib/store/users'
import { openSession, type SignedIn } from './open-session'
import { methodAfter } from './second-step'
import { refuseSignIn, signInExchange, ThrottledError } from './sign-in-exchange'
import { countGuess, forgetGuesses } from './throttle'
import { readTicket } from './ticket'

/** Goes on from a first step at another provider. */
async function finishSignIn(
  code: string,
  from: string | undefined,
  headers: Headers,
): Promise<SignedIn | null> {
  const exchange = signInExchange(headers, from)
  const ticket = readTicket(headers.get('cookie'), exchange.startedAt)
  const user = ticket && (await findUser(ticket.userId))
  if (!ticket || !user) return refuseSignIn(exchange, 'a second step without a first', 401)
  const wait = await countGuess(user.email, exchange.address)
  if (wait > 0) {
    refuseSignIn(exchange, 'throttled', 429, user.email)
    throw new ThrottledError(wait)
  }
  const method = await methodAfter(ticket.method, user, code, exchange)
  await forgetGuesses(user.email)
  return openSession(user, method, exchange)
}

/** The second step after another provider, as next-auth asks for it. */
export const secondStepProvider = CredentialsProvider({
  id: 'second-step',
  name: 'One-time code',
  credentials: { code: { label: 'One-time code', type: 'text' } },
  authorize: async (credentials, request) => {
    if (!credentials) return null
    const { callbackUrl } = (request.body ?? {}) as { callbackUrl?: string }
    const headers = new Headers(request.headers as Record<string, string>)
    return finishSignIn(String(credentials.code ?? '').trim(), callbackUrl, headers)
  },
})
