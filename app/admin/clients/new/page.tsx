import type { Metadata } from 'next'
import { NewClientForm } from '@/components/admin/clients/new-client-form'
import { PageHeader } from '@/components/kit/page-header'
import { knownClients } from '@/lib/admin/clients/known'
import { guard } from '@/lib/auth/declared'
import { newClientQuery, type SearchParams } from '../../query'
import { create } from '../actions'

export const metadata: Metadata = { title: 'New client' }

/** What the server knows of the client that the query names. */
const templateOf = (id: string | undefined) =>
  id !== undefined && Object.hasOwn(knownClients, id)
    ? knownClients[id as keyof typeof knownClients]
    : undefined

export default async function NewClientPage({ searchParams }: { searchParams: SearchParams }) {
  const { for: id } = await newClientQuery(searchParams)
  await guard(create)
  return (
    <>
      <PageHeader
        title="New client"
        description="For software that needs an id, and perhaps a secret, typed in. Claude needs none: it registers automatically."
      />
      <NewClientForm create={create} template={templateOf(id)} />
    </>
  )
}
