'use client'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import type { FormAction } from './account-actions'
import { useAccountForm } from './use-account-form'

type PasswordCardProps = { readonly hasPassword: boolean; readonly change: FormAction }

function PasswordForm({ change }: Pick<PasswordCardProps, 'change'>) {
  const { action, pending, problems } = useAccountForm(change)
  return (
    <form action={action} className="grid gap-4 sm:max-w-sm">
      <Field
        label="Current password"
        name="current"
        type="password"
        autoComplete="current-password"
        problem={problems.current}
        required
      />
      <Field
        label="New password"
        name="next"
        type="password"
        autoComplete="new-password"
        minLength={12}
        hint="At least 12 characters. All your other browsers are signed out."
        problem={problems.next}
        required
      />
      <Button type="submit" className="justify-self-start" disabled={pending}>
        {pending ? 'Changing…' : 'Change password'}
      </Button>
    </form>
  )
}

export function PasswordCard({ hasPassword, change }: PasswordCardProps) {
  return (
    <Card aria-labelledby="password">
      <CardHeader>
        <CardTitle id="password">Password</CardTitle>
      </CardHeader>
      <CardContent>
        {hasPassword ? (
          <PasswordForm change={change} />
        ) : (
          <p className="text-muted text-sm">
            This account has no password: you sign in another way. An admin of this server can send
            you a link to choose one.
          </p>
        )}
      </CardContent>
    </Card>
  )
}
