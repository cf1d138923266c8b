import 'server-only'
import type { NextAuthOptions } from 'next-auth'
import { env, tellNextAuth } from '@/lib/env'
import { keyFor } from '@/lib/secrets'
import { nextOfCallback } from './next-path'
import { sessionDays } from './open-session'
import { passkeyProvider } from './passkey-provider'
import { passwordProvider } from './password-provider'
import { signInWithProvider } from './provider-sign-in'
import { oauthProviders } from './providers'
import { signInExchange } from './sign-in-exchange'
import { signOut } from './sign-out'

/** What the cookie of a session says. */
type Claims = { readonly sub?: string; readonly sid?: string }

/** Only the message: details can hold what the form sent. */
const describeFault = (details: unknown): string =>
  details instanceof Error ? details.message : 'see next-auth documentation for this code'

/** The request that signs in or out: what it says of itself, and where it leads. */
export type AuthRequest = {
  readonly headers: Headers
  readonly path: string
  readonly next: string | undefined
}

const noRequest: AuthRequest = { headers: new Headers(), path: '/', next: undefined }

/** Lets somebody in whom another provider knows, or sends them back and says why not. */
const signInCallback =
  ({ headers, path, next }: AuthRequest): NonNullable<NextAuthOptions['callbacks']>['signIn'] =>
  async ({ user, account, profile }) => {
    if (account?.type !== 'oauth') return true
    const exchange = signInExchange(headers, next, { method: 'GET', path })
    const { provider, providerAccountId: subject } = account
    const result = await signInWithProvider({ provider, subject, claims: { ...profile } }, exchange)
    if (typeof result === 'string') {
      const query = new URLSearchParams({ error: result, next: nextOfCallback(next) })
      return `${env().origin}/sign-in?${query}`
    }
    // next-auth hands the same object to `jwt`, below
    Object.assign(user, result)
    return true
  }

/** next-auth's configuration; a function, since the secret is known only when the server runs. */
export function authOptions(request = noRequest): NextAuthOptions {
  tellNextAuth()
  return {
    secret: keyFor('operator-session').toString('base64url'),
    session: { strategy: 'jwt', maxAge: sessionDays * 86_400 },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [passwordProvider, passkeyProvider, ...oauthProviders()],
    callbacks: {
      signIn: signInCallback(request),
      // the cookie says who it is and in which session; what they may do is read anew each time
      jwt: ({ token, user }) => {
        const signedIn = user as { id: string; sessionId?: string } | undefined
        if (signedIn) return { sub: signedIn.id, sid: signedIn.sessionId }
        return { sub: token.sub, sid: token.sid }
      },
      session: ({ session, token }) => {
        const { sub, sid } = token as Claims
        return { ...session, user: { ...session.user, id: sub, sessionId: sid } }
      },
    },
    events: { signOut: ({ token }) => signOut(token as Claims, request.headers) },
    logger: { error: (code, details) => console.error('next-auth:', code, describeFault(details)) },
  }
}
