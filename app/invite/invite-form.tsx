'use client'
import { useActionState } from 'react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Field } from '@/components/ui/field'
import { accept } from './actions'

type InviteFormProps = {
  readonly token: string
  readonly email: string
  /** creates an account; otherwise sets a new password */
  readonly isNew: boolean
}

/** The form of a one-time link; works without JavaScript. */
export function InviteForm({ token, email, isNew }: InviteFormProps) {
  const [{ problems, name }, action, pending] = useActionState(accept, { problems: {}, name: '' })
  return (
    <form action={action} className="grid gap-4">
      <input type="hidden" name="token" value={token} />
      {/* For password managers, which file a password under its account. */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <div role="alert" className="empty:hidden">
        {problems.token ? <Callout tone="bad">{problems.token}</Callout> : null}
      </div>
      {isNew ? <Field label="Name" name="name" autoComplete="name" defaultValue={name} /> : null}
      <Field
        label={isNew ? 'Password' : 'New password'}
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={12}
        hint="At least 12 characters. A few unrelated words are easy to type and hard to guess."
        problem={problems.password}
        required
      />
      <Button type="submit" variant="primary" size="lg" className="mt-1" disabled={pending}>
        {pending ? 'One moment…' : isNew ? 'Create account' : 'Set new password'}
      </Button>
    </form>
  )
}
