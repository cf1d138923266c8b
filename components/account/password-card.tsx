'use client'
import { CardContent, TitledCard } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import type { FormAction } from './account-actions'
import { AccountForm } from './account-form'

type PasswordCardProps = { readonly hasPassword: boolean; readonly change: FormAction }

function PasswordForm({ change }: Pick<PasswordCardProps, 'change'>) {
  return (
    <AccountForm send={change} submit="Change password" busy="Changing…">
      {({ current, next }) => (
        <>
          <Field
            label="Current password"
            name="current"
            type="password"
            autoComplete="current-password"
            problem={current}
            required
          />
          <Field
            label="New password"
            name="next"
            type="password"
            autoComplete="new-password"
            minLength={12}
            hint="At least 12 characters. All your other browsers are signed out."
            problem={next}
            required
          />
        </>
      )}
    </AccountForm>
  )
}

export function PasswordCard({ hasPassword, change }: PasswordCardProps) {
  return (
    <TitledCard title="Password" titleId="password">
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
    </TitledCard>
  )
}
