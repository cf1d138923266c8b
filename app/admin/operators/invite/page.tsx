import type { Metadata } from 'next'
import { NewInviteForm } from '@/components/admin/operators/new-invite-form'
import { PageHeader } from '@/components/kit/page-header'
import { guard } from '@/lib/auth/declared'
import { invite } from '../actions'

export const metadata: Metadata = { title: 'Invite someone' }

export default async function InvitePage() {
  await guard(invite)
  return (
    <>
      <PageHeader
        title="Invite someone"
        description="You get a link that works once and for seven days. The person who opens it chooses a password and gets an account with this role."
      />
      <NewInviteForm invite={invite} />
    </>
  )
}
