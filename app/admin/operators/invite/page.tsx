import type { Metadata } from 'next'
import { NewInviteForm } from '@/components/admin/operators/new-invite-form'
import { PageHeader } from '@/components/kit/page-header'
import { guard } from '@/lib/auth/declared'
import { invite } from '../actions'

export const metadata: Metadata = { title: 'Invite somebody' }

export default async function InvitePage() {
  await guard(invite)
  return (
    <>
      <PageHeader
        title="Invite somebody"
        description="You get a link that works once and for seven days. Whoever opens it chooses a password and has an account with the role you give."
      />
      <NewInviteForm invite={invite} />
    </>
  )
}
