import 'server-only'
import type { CallbacksOptions } from 'next-auth'
import { env } from '@/lib/config/env'
import { nextOfCallback } from './next-path'
import { signInWithProvider } from './provider-sign-in'
import { signInExchange } from './sign-in-exchange'
import { setTicket } from './ticket'

/** A request that signs in or out; `next` is where it leads. */
export type AuthRequest = {
  readonly headers: Headers
  readonly path: string
  readonly next: string | undefined
}

/** Signs in a provider's user, or redirects to the sign-in page with an error or for the second step. */
export const providerCallback =
  ({ headers, path, next }: AuthRequest): CallbacksOptions['signIn'] =>
  async ({ user, account, profile }) => {
    if (account?.type !== 'oauth') return true
    const exchange = signInExchange(headers, next, { method: 'GET', path })
    const { provider, providerAccountId: subject } = account
    const answer = await signInWithProvider({ provider, subject, claims: { ...profile } }, exchange)
    if (answer.kind === 'in') {
      // next-auth passes the same object to its `jwt` callback
      Object.assign(user, answer.signedIn)
      return true
    }
    const query = new URLSearchParams({ next: nextOfCallback(next) })
    if (answer.kind === 'refused') {
      query.set('error', answer.reason)
      query.set('provider', provider)
    } else {
      await setTicket(answer.userId, answer.method)
      query.set('step', 'code')
    }
    return `${env().origin}/sign-in?${query}`
  }
