'use client'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import type { AccountProfile } from '@/lib/admin/account/views'
import type { FormAction } from './account-actions'
import { useAccountForm } from './use-account-form'

const roles: Record<AccountProfile['role'], string> = {
  admin: 'Admin',
  operator: 'Operator',
  viewer: 'Viewer',
  member: 'Member',
}

type ProfileCardProps = { readonly profile: AccountProfile; readonly rename: FormAction }

/** The account, and its display name. */
export function ProfileCard({ profile, rename }: ProfileCardProps) {
  const { action, pending, problems } = useAccountForm(rename)
  return (
    <Card aria-labelledby="profile">
      <CardHeader>
        <CardTitle id="profile">Profile</CardTitle>
        <Badge>{roles[profile.role]}</Badge>
      </CardHeader>
      <CardContent>
        <p className="wrap-anywhere mb-4 text-muted text-sm">
          You sign in as <strong className="font-medium text-ink">{profile.email}</strong>.
        </p>
        <form action={action} className="grid gap-4 sm:max-w-sm">
          <Field
            label="Name"
            name="name"
            autoComplete="name"
            maxLength={100}
            defaultValue={profile.name ?? ''}
            key={profile.name}
            problem={problems.name}
          />
          <Button type="submit" className="justify-self-start" disabled={pending}>
            {pending ? 'Saving…' : 'Save name'}
          </Button>
        </form>
      </CardContent>
    </Card>
  )
}
