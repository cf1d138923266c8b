import 'server-only'
import CredentialsProvider from 'next-auth/providers/credentials'
import { contained } from './contained'
import { signInWithPasskey } from './passkey-sign-in'

/** next-auth's provider for passkeys. */
export const passkeyProvider = CredentialsProvider({
  id: 'passkey',
  name: 'Passkey',
  credentials: { answer: { label: 'Answer of the browser, JSON', type: 'text' } },
  authorize: async (credentials, request) => {
    if (!credentials) return null
    const { callbackUrl } = (request.body ?? {}) as { callbackUrl?: string }
    const headers = new Headers(request.headers as Record<string, string>)
    const answer = String(credentials.answer ?? '')
    return contained(() => signInWithPasskey(answer, callbackUrl, headers))
  },
})
