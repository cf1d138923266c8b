import 'server-only'
import type { NextAuthOptions } from 'next-auth'
import { setNextAuthUrl } from '@/lib/config/env'
import { keyFor } from '@/lib/config/secrets'
import { isUnavailable } from '@/lib/runtime/database-errors'
import { logError, logWarning } from '@/lib/runtime/log'
import { tlsCauseInWords } from '@/lib/tls-cause'
import { credentialsProviders } from './credentials'
import { sessionDays, signOut } from './open-session'
import { type AuthRequest, providerCallback } from './provider-callback'
import { cacheDescriptions } from './provider-descriptions'
import { noteProviderFault } from './provider-return'
import { oauthProviders } from './providers'

/** The claims of a session cookie. */
type Claims = { readonly sub?: string; readonly sid?: string }

/** Only the message: details can contain form input. */
const describeFault = (details: unknown): string =>
  tlsCauseInWords(details) ??
  (details instanceof Error ? details.message : 'see next-auth documentation for this code')

const noRequest: AuthRequest = { headers: new Headers(), path: '/', next: undefined }

/** next-auth's configuration; a function, because the secret is known only at runtime. */
export function authOptions(request = noRequest): NextAuthOptions {
  setNextAuthUrl()
  cacheDescriptions()
  return {
    secret: keyFor('operator-session').toString('base64url'),
    session: { strategy: 'jwt', maxAge: sessionDays * 86_400 },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [...credentialsProviders, ...oauthProviders()],
    callbacks: {
      signIn: providerCallback(request),
      // the cookie names the user and the session; the role is read from the database each time
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
    logger: {
      error: (code, details) => {
        // a foreign or outdated cookie only means that nobody is signed in
        if (code === 'JWT_SESSION_ERROR' || code === 'INVALID_CALLBACK_URL_ERROR') return
        // an unavailable database has been logged already
        if (isUnavailable(details) || isUnavailable(Object(details).error)) return
        noteProviderFault(request, details)
        logError(`next-auth: ${code} ${describeFault(details)}`)
      },
      warn: (code) => logWarning(`next-auth: ${code}`),
    },
  }
}
