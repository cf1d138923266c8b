import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ClientView } from '@/components/admin/clients/client-view'
import { clientHref } from '@/components/admin/list/hrefs'
import { readClient } from '@/lib/admin/client-page'
import { includesRole, requireOperator } from '@/lib/auth/session'
import type { SearchParams } from '../../query'
import { consequences, disable, enable, remove, rotateSecret } from '../actions'

export const metadata: Metadata = { title: 'Client' }

export default async function ClientPage({ searchParams }: { searchParams: SearchParams }) {
  const { id } = await searchParams
  const clientId = typeof id === 'string' ? id : ''
  const operator = await requireOperator('viewer', clientHref(clientId))
  const page = await readClient(clientId)
  if (!page) notFound()
  const actions = { consequences, disable, enable, remove, rotateSecret }
  return (
    <ClientView page={page} actions={includesRole(operator.role, 'admin') ? actions : undefined} />
  )
}
