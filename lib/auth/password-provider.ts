import 'server-only'
import CredentialsProvider from 'next-auth/providers/credentials'
import { contained } from './contained'
import { signInWithPassword } from './sign-in'

/** next-auth's provider for e-mail address and password. */
export const passwordProvider = CredentialsProvider({
  credentials: {
    email: { label: 'Email', type: 'email' },
    password: { label: 'Password', type: 'password' },
    code: { label: 'One-time code', type: 'text' },
  },
  authorize: async (credentials, request) => {
    if (!credentials) return null
    // next-auth passes every field of the form, not only the credentials
    const { callbackUrl } = (request.body ?? {}) as { callbackUrl?: string }
    const attempt = {
      email: String(credentials.email ?? ''),
      password: String(credentials.password ?? ''),
      code: String(credentials.code ?? '').trim(),
      from: callbackUrl,
    }
    const headers = new Headers(request.headers as Record<string, string>)
    return contained(() => signInWithPassword(attempt, headers))
  },
})
