'use client'
import { useActionState } from 'react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Field } from '@/components/ui/field'
import { createFirstAdmin } from './actions'

/** The form that creates the first admin; works without JavaScript. */
export function SetupForm({ token }: { token: string }) {
  const [form, action, pending] = useActionState(createFirstAdmin, {
    problems: {},
    email: '',
    name: '',
  })
  const { problems } = form
  return (
    <form action={action} className="grid gap-4">
      <input type="hidden" name="token" value={token} />
      <div role="alert" className="empty:hidden">
        {problems.token ? <Callout tone="bad">{problems.token}</Callout> : null}
      </div>
      <Field
        label="Email"
        name="email"
        type="email"
        autoComplete="username"
        defaultValue={form.email}
        problem={problems.email}
        required
      />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={12}
        hint="At least 12 characters. A few unrelated words are easy to type and hard to guess."
        problem={problems.password}
        required
      />
      <Field label="Name" name="name" autoComplete="name" defaultValue={form.name} />
      <Button type="submit" variant="primary" size="lg" className="mt-1" disabled={pending}>
        {pending ? 'Creating your account…' : 'Create admin account'}
      </Button>
    </form>
  )
}
