'use client'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { signInByPasskey, signInWithForm } from '@/lib/auth/browser'
import type { ProviderButton } from '@/lib/auth/providers'
import { CodeField, Problem, Submit } from './attempt'
import { OtherWays } from './other-ways'
import { type SignInState, useSignIn } from './use-sign-in'

/** The field to type again. */
const firstToMend: Partial<Record<SignInState['kind'], string>> = {
  wrong: 'password',
  'code-wrong': 'code',
}

function PasswordFields({ hidden }: { readonly hidden: boolean }) {
  return (
    <div className="grid gap-4" hidden={hidden}>
      <Field label="Email" name="email" type="email" autoComplete="username" required autoFocus />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
      />
    </div>
  )
}

type SignInFormProps = {
  readonly next: string
  /** when the page was rendered, in ms since the epoch */
  readonly now: number
  readonly providers: readonly ProviderButton[]
}

/** Email, password, optional code, and errors. */
export function SignInForm({ next, now, providers }: SignInFormProps) {
  const { state, take, reset } = useSignIn(next, now)
  const [asksCode, setAsksCode] = useState(false)
  const form = useRef<HTMLFormElement>(null)

  useEffect(() => {
    const field = firstToMend[state.kind]
    if (field) form.current?.querySelector<HTMLInputElement>(`[name=${field}]`)?.select()
  }, [state.kind])

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const answer = await take(() => signInWithForm(fields))
    if (answer.kind === 'code-needed') setAsksCode(true)
  }
  function startAgain() {
    setAsksCode(false)
    reset()
  }

  return (
    <form ref={form} onSubmit={submit} method="post" className="grid gap-4">
      <Problem state={state} />
      {/* Kept for the second step, which sends all three. */}
      <PasswordFields hidden={asksCode} />
      {asksCode ? <CodeField /> : null}
      <Submit state={state} />
      {asksCode ? (
        <Button variant="link" className="justify-self-center" onClick={startAgain}>
          Use another account
        </Button>
      ) : (
        <OtherWays
          providers={providers}
          next={next}
          onPasskey={() => void take(signInByPasskey)}
          disabled={state.kind === 'pending' || state.kind === 'throttled'}
        />
      )}
    </form>
  )
}
