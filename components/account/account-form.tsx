'use client'
import { type ReactNode, useActionState, useEffect } from 'react'
import { showResult } from '@/components/kit/outcome'
import { SubmitButton } from '@/components/ui/submit-button'
import type { FormAction } from './account-actions'

type AccountFormProps = {
  readonly send: FormAction
  readonly submit: string
  /** label of the button while the form is sent */
  readonly busy: string
  /** the fields, with the errors by their names */
  readonly children: (problems: Readonly<Record<string, string>>) => ReactNode
}

/** A form that reports success in a notice and errors at its fields. */
export function AccountForm({ send, submit, busy, children }: AccountFormProps) {
  const [result, action, pending] = useActionState(send, null)
  useEffect(() => {
    if (result?.ok) showResult(result)
  }, [result])
  return (
    <form action={action} className="grid gap-4 sm:max-w-sm">
      {children(result && !result.ok ? result.problems : {})}
      <SubmitButton pending={pending} busy={busy} className="justify-self-start">
        {submit}
      </SubmitButton>
    </form>
  )
}
