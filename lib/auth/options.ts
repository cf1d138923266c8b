import 'server-only'
import type { NextAuthOptions } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import { env, tellNextAuth } from '@/lib/env'
import { openExchange } from '@/lib/events/exchange'
import { record } from '@/lib/events/recorder'
import { keyFor } from '@/lib/secrets'
import { signInWithPassword } from './sign-in'

const sessionDays = 7

const passwordProvider = CredentialsProvider({
  credentials: {
    email: { label: 'Email', type: 'email' },
    password: { label: 'Password', type: 'password' },
  },
  authorize: async (credentials, request) => {
    if (!credentials) return null
    // next-auth passes every field of the form, also those that are no credentials
    const { callbackUrl } = (request.body ?? {}) as { callbackUrl?: string }
    const user = await signInWithPassword(
      {
        email: String(credentials.email ?? ''),
        password: String(credentials.password ?? ''),
        from: callbackUrl,
      },
      new Headers(request.headers as Record<string, string>),
    )
    return user && { id: user.id, email: user.email, name: user.name }
  },
})

/** next-auth's configuration; a function, since the secret is known only when the server runs. */
export function authOptions(): NextAuthOptions {
  tellNextAuth()
  return {
    secret: keyFor('operator-session').toString('base64url'),
    session: { strategy: 'jwt', maxAge: sessionDays * 86_400 },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [passwordProvider],
    callbacks: {
      // the cookie says who it is; what they may do is read anew each time
      jwt: ({ token, user }) => (user ? { sub: user.id } : { sub: token.sub }),
      session: ({ session, token }) => ({ ...session, user: { ...session.user, id: token.sub } }),
    },
    events: {
      signOut: ({ token }) => {
        const arrival = { method: 'POST', path: '/api/auth/signout', headers: new Headers() }
        const exchange = openExchange(arrival, env().proxyHops)
        exchange.ids.userId = token.sub
        record(exchange, 'operator.signed-out', 200, {})
      },
    },
    logger: { error: (code, details) => console.error('next-auth:', code, describeFault(details)) },
  }
}

/** Only the message: details can hold what the form sent. */
const describeFault = (details: unknown): string =>
  details instanceof Error ? details.message : 'see next-auth documentation for this code'
