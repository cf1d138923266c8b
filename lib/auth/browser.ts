'use client'
import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'
import { signIn, signOut } from 'next-auth/react'

/** The result of a sign-in attempt; `seconds` until the next one is allowed. */
export type SignInAnswer =
  | { readonly kind: 'signed in' | 'wrong' | 'code-needed' | 'code-wrong' | 'unreachable' }
  | { readonly kind: 'form-stale' }
  | { readonly kind: 'passkey-wrong' | 'passkey-cancelled' | 'passkey-elsewhere' }
  | { readonly kind: 'throttled'; readonly seconds: number }
  | { readonly kind: 'cookie-lost'; readonly error: string }

function answerTo(error: string | null | undefined): SignInAnswer {
  const [, seconds] = /^throttled:(\d+)$/.exec(error ?? '') ?? []
  if (seconds) return { kind: 'throttled', seconds: Number(seconds) }
  if (error === 'code-needed' || error === 'code-wrong' || error === 'form-stale') {
    return { kind: error }
  }
  if (error?.startsWith('cookie-')) return { kind: 'cookie-lost', error }
  return { kind: error === 'CredentialsSignin' ? 'wrong' : 'unreachable' }
}

/** Tries to sign in with fields; sets the cookie when the answer is `signed in`. */
async function attempt(
  provider: string,
  fields: Readonly<Record<string, FormDataEntryValue | undefined>>,
): Promise<SignInAnswer> {
  try {
    const result = await signIn(provider, { redirect: false, ...fields })
    return result?.ok && !result.error ? { kind: 'signed in' } : answerTo(result?.error)
  } catch {
    return { kind: 'unreachable' }
  }
}

/** Signs in from the browser with an e-mail address and password. */
export function signInWithForm(form: FormData): Promise<SignInAnswer> {
  const [email, password, code] = ['email', 'password', 'code'].map((name) => form.get(name) ?? '')
  return attempt('credentials', { email, password, code })
}

/** Completes the second step after another provider, with the form's `code`. */
export const sendSecondStep = (form: FormData): Promise<SignInAnswer> =>
  attempt('second-step', { code: form.get('code') ?? '' })

/** Fetches the challenge for a passkey to sign. */
async function fetchChallenge(): Promise<PublicKeyCredentialRequestOptionsJSON | SignInAnswer> {
  const response = await fetch('/api/auth/passkey', { method: 'POST' })
  if (!response.ok) return { kind: 'unreachable' }
  return response.json()
}

/** WebAuthn §5.1.4.1: the browser refuses on an insecure page and on any other host. */
const passkeyFailure = (error: unknown): SignInAnswer => {
  const isElsewhere = !window.isSecureContext || (error as Error).name === 'SecurityError'
  return { kind: isElsewhere ? 'passkey-elsewhere' : 'passkey-cancelled' }
}

/** Signs in with a passkey that the browser lets the person choose. */
export async function signInByPasskey(): Promise<SignInAnswer> {
  try {
    const challenge = await fetchChallenge()
    if ('kind' in challenge) return challenge
    const made = await startAuthentication({ optionsJSON: challenge }).catch(passkeyFailure)
    if ('kind' in made) return made
    const answer = await attempt('passkey', { answer: JSON.stringify(made) })
    return answer.kind === 'wrong' ? { kind: 'passkey-wrong' } : answer
  } catch {
    return { kind: 'unreachable' }
  }
}

/** Asks the browser to create a passkey. @returns its response as JSON; `null` if cancelled */
export async function makePasskey(
  optionsJSON: PublicKeyCredentialCreationOptionsJSON,
): Promise<string | null> {
  const made = await startRegistration({ optionsJSON }).catch(() => null)
  return made && JSON.stringify(made)
}

/** Redirects to another provider, and from there to `next`. */
export const signInElsewhere = (provider: string, next: string): Promise<unknown> =>
  signIn(provider, { callbackUrl: next })

/** Ends this browser's session and redirects to the sign-in page. */
export const signOutHere = (): Promise<unknown> => signOut({ callbackUrl: '/sign-in' })
