'use client'
import type { FormEvent } from 'react'
import { buttonVariants } from '@/components/ui/button'
import { sendSecondStep } from '@/lib/auth/browser'
import { CodeField, Problem, Submit } from './attempt'
import { useSignIn } from './use-sign-in'

/** The one-time code after sign-in with a provider. */
export function CodeForm({ next, now }: { readonly next: string; readonly now: number }) {
  const { state, take } = useSignIn(next, now)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    void take(() => sendSecondStep(form))
  }
  return (
    <form onSubmit={submit} method="post" className="grid gap-4">
      <Problem state={state} wrong="This took too long. Start again." />
      <CodeField />
      <Submit state={state} />
      <a
        href={`/sign-in?next=${encodeURIComponent(next)}`}
        className={buttonVariants({ variant: 'link', className: 'justify-self-center' })}
      >
        Start again
      </a>
    </form>
  )
}
