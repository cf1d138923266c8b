'use client'
import { LoaderCircle } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { useHydrated } from '@/components/ui/clock'
import { Field } from '@/components/ui/field'
import type { ProviderButton } from '@/lib/auth/providers'
import { OtherWays } from './other-ways'
import { useSignIn } from './use-sign-in'

type State = ReturnType<typeof useSignIn>['state']

/** The field that is to be typed anew. */
const firstToMend: Partial<Record<State['kind'], string>> = {
  wrong: 'password',
  'code-needed': 'code',
  'code-wrong': 'code',
}

function problemOf(state: State): string | null {
  if (state.kind === 'wrong') return 'Email or password is not right.'
  if (state.kind === 'code-wrong') return 'This code is not right, or it was used before.'
  if (state.kind === 'passkey-wrong') return 'This passkey lets nobody in here.'
  if (state.kind === 'passkey-cancelled')
    return 'No passkey was used. Try again, or use your password.'
  if (state.kind === 'unreachable') return 'Portico did not answer. Try again in a moment.'
  if (state.kind === 'throttled') return 'Too many attempts. Wait a little before the next one.'
  return null
}

function wordOf(state: State): string {
  if (state.kind === 'pending') return 'Signing in…'
  // The countdown is not in the alert: it would be read out every second.
  if (state.kind === 'throttled') return `Try again in ${state.seconds} s`
  return 'Sign in'
}

/** The second step of those who have an authenticator app. */
function CodeField() {
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
    />
  )
}

type SignInFormProps = {
  readonly next: string
  readonly providers: readonly ProviderButton[]
}

/** Email, password, perhaps a code, and what went wrong with them. */
export function SignInForm({ next, providers }: SignInFormProps) {
  const { state, asksCode, submit, startAgain, withPasskey } = useSignIn(next)
  const form = useRef<HTMLFormElement>(null)
  const hydrated = useHydrated()
  const pending = state.kind === 'pending'
  const problem = problemOf(state)

  useEffect(() => {
    const field = firstToMend[state.kind]
    if (field) form.current?.querySelector<HTMLInputElement>(`[name=${field}]`)?.select()
  }, [state.kind])

  return (
    <form ref={form} onSubmit={submit} method="post" className="grid gap-4">
      {/* Always there, so that assistive technology hears it change. */}
      <div role="alert" className="empty:hidden">
        {problem ? <Callout tone="bad">{problem}</Callout> : null}
      </div>
      {/* They stay in the form at the second step, which sends all three. */}
      <div className="grid gap-4" hidden={asksCode}>
        <Field label="Email" name="email" type="email" autoComplete="username" required autoFocus />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
      </div>
      {asksCode ? <CodeField /> : null}
      <Button
        type="submit"
        variant="primary"
        size="lg"
        className={hydrated ? 'mt-1' : 'mt-1 disabled:opacity-100'}
        disabled={!hydrated || pending || state.kind === 'throttled'}
      >
        {pending ? <LoaderCircle aria-hidden className="animate-spin" /> : null}
        {wordOf(state)}
      </Button>
      {asksCode ? null : (
        <OtherWays
          providers={providers}
          next={next}
          onPasskey={withPasskey}
          disabled={pending || state.kind === 'throttled'}
        />
      )}
      {asksCode ? (
        <Button variant="link" className="justify-self-center" onClick={startAgain}>
          Use another account
        </Button>
      ) : null}
    </form>
  )
}
