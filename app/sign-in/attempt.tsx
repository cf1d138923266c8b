'use client'
import { LoaderCircle } from 'lucide-react'
import { Callout } from '@/components/ui/callout'
import { Field } from '@/components/ui/field'
import { ScriptButton } from '@/components/ui/script-button'
import type { SignInState } from './use-sign-in'

const problems: Partial<Record<SignInState['kind'], string>> = {
  wrong: 'Wrong email or password.',
  'code-wrong': 'This code is wrong or was already used.',
  'passkey-wrong': 'This passkey is not registered here.',
  'passkey-cancelled': 'No passkey was used. Try again, or use your password.',
  'passkey-elsewhere':
    'Passkeys work only over https, at this server’s own address. Open it there, or use your password.',
  'form-stale': 'This page was too old, and you are not signed in. Sign in again.',
  unreachable: 'Portico did not answer. Try again in a moment.',
  throttled: 'Too many attempts. Wait a little before the next one.',
}

/** The error. Always rendered, so that screen readers announce changes. */
export function Problem({
  state,
  wrong,
}: {
  readonly state: SignInState
  readonly wrong?: string
}) {
  const problem = state.kind === 'wrong' && wrong ? wrong : problems[state.kind]
  return (
    <div role="alert" className="empty:hidden">
      {problem ? <Callout tone="bad">{problem}</Callout> : null}
    </div>
  )
}

function wordOf(state: SignInState): string {
  if (state.kind === 'pending') return 'Signing in…'
  // The countdown is outside the alert: screen readers would announce it every second.
  if (state.kind === 'throttled') return `Try again in ${state.seconds} s`
  return 'Sign in'
}

export function Submit({ state }: { readonly state: SignInState }) {
  const pending = state.kind === 'pending'
  return (
    <ScriptButton
      type="submit"
      variant="primary"
      size="lg"
      className="mt-1"
      disabled={pending || state.kind === 'throttled'}
    >
      {pending ? <LoaderCircle aria-hidden className="animate-spin" /> : null}
      {wordOf(state)}
    </ScriptButton>
  )
}

/** The second step, for accounts with an authenticator app. */
export function CodeField() {
  return (
    <Field
      label="One-time code"
      name="code"
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={20}
      hint="The six digits that your authenticator app shows, or one of your recovery codes."
      required
      autoFocus
    />
  )
}
