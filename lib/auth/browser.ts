'use client'
import { signIn, signOut } from 'next-auth/react'

/** What became of an attempt to sign in; `seconds` until the next one is allowed. */
export type SignInAnswer =
  | { readonly kind: 'signed in' | 'wrong' | 'code-needed' | 'code-wrong' | 'unreachable' }
  | { readonly kind: 'throttled'; readonly seconds: number }

function answerTo(error: string | null | undefined): SignInAnswer {
  const [, seconds] = /^throttled:(\d+)$/.exec(error ?? '') ?? []
  if (seconds) return { kind: 'throttled', seconds: Number(seconds) }
  if (error === 'code-needed' || error === 'code-wrong') return { kind: error }
  return { kind: error === 'CredentialsSignin' ? 'wrong' : 'unreachable' }
}

/** Signs in from the browser; the cookie is set when the answer is `signed in`. */
export async function signInWithForm(form: FormData): Promise<SignInAnswer> {
  const [email, password, code] = ['email', 'password', 'code'].map((name) => form.get(name) ?? '')
  try {
    const result = await signIn('credentials', { redirect: false, email, password, code })
    return result?.ok && !result.error ? { kind: 'signed in' } : answerTo(result?.error)
  } catch {
    return { kind: 'unreachable' }
  }
}

/** Ends this browser's session and leads to the sign-in page. */
export const endSession = (): Promise<unknown> => signOut({ callbackUrl: '/sign-in' })
