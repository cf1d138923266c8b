import 'server-only'
import CredentialsProvider from 'next-auth/providers/credentials'
import { isUnavailable } from '@/lib/runtime/database-errors'
import { logError } from '@/lib/runtime/log'
import type { SignedIn } from './open-session'
import { signInWithPasskey } from './passkey-sign-in'
import { finishSignIn, signInWithPassword } from './sign-in'
import { CodeError, SignInThrottledError } from './sign-in-exchange'

/**
 * Lets only errors that the form can show out of a sign-in attempt: next-auth puts the message of any
 * error into the redirect URL, and a database error names tables.
 */
async function contained<Result>(attempt: () => Promise<Result>): Promise<Result> {
  try {
    return await attempt()
  } catch (error) {
    if (error instanceof SignInThrottledError || error instanceof CodeError) throw error
    if (!isUnavailable(error)) logError('a sign-in failed:', error)
    throw new Error(isUnavailable(error) ? 'unavailable' : 'fault')
  }
}

/** next-auth's provider for what a form of the sign-in page sends. */
const provider = (
  id: string,
  name: string,
  signIn: (
    field: (name: string) => string,
    from: string | undefined,
    headers: Headers,
  ) => Promise<SignedIn | null>,
) =>
  CredentialsProvider({
    id,
    name,
    credentials: {},
    authorize: async (_, request) => {
      // next-auth passes every field of the form, not only the credentials
      const fields = (request.body ?? {}) as Record<string, string | undefined>
      const headers = new Headers(request.headers as Record<string, string>)
      const field = (name: string) => String(fields[name] ?? '')
      return contained(() => signIn(field, fields.callbackUrl, headers))
    },
  })

/** The providers for password, passkey, and the second step after another provider. */
export const credentialsProviders = [
  provider('credentials', 'Credentials', (field, from, headers) => {
    const [email, password, code] = [field('email'), field('password'), field('code').trim()]
    return signInWithPassword({ email, password, code, from }, headers)
  }),
  provider('passkey', 'Passkey', (field, from, headers) =>
    signInWithPasskey(field('answer'), from, headers),
  ),
  provider('second-step', 'One-time code', (field, from, headers) =>
    finishSignIn(field('code').trim(), from, headers),
  ),
]
