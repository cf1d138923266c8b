'use client'
import { roleWords } from '@/components/kit/role-words'
import { Badge } from '@/components/ui/badge'
import { CardContent, TitledCard } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import type { AccountProfile } from '@/lib/admin/account/profile'
import type { FormAction } from './account-actions'
import { AccountForm } from './account-form'

type ProfileCardProps = { readonly profile: AccountProfile; readonly rename: FormAction }

/** The account, and its display name. */
export function ProfileCard({ profile: { email, name, role }, rename }: ProfileCardProps) {
  return (
    <TitledCard title="Profile" titleId="profile" beside={<Badge>{roleWords[role].label}</Badge>}>
      <CardContent>
        <p className="wrap-anywhere mb-4 text-muted text-sm">
          You sign in as <strong className="font-medium text-ink">{email}</strong>.
        </p>
        <AccountForm send={rename} submit="Save name" busy="Saving…">
          {(problems) => (
            <Field
              label="Name"
              name="name"
              autoComplete="name"
              maxLength={100}
              defaultValue={name ?? ''}
              key={name}
              problem={problems.name}
            />
          )}
        </AccountForm>
      </CardContent>
    </TitledCard>
  )
}
