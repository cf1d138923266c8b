import type { Metadata } from 'next'
import { NewClientForm } from '@/components/admin/clients/new-client-form'
import { PageHeader } from '@/components/admin/page-header'
import { requireOperator } from '@/lib/auth/session'
import { create } from '../actions'

export const metadata: Metadata = { title: 'New client' }

export default async function NewClientPage() {
  await requireOperator('admin', '/admin/clients/new')
  return (
    <>
      <PageHeader
        title="New client"
        description="For software that wants an id, and perhaps a secret, to be typed in. Claude needs none: it makes itself known."
      />
      <NewClientForm create={create} />
    </>
  )
}
