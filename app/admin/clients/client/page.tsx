import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ClientView } from '@/components/admin/clients/client-view'
import { readClient } from '@/lib/admin/clients/page'
import { permitted } from '@/lib/auth/declared'
import type { SearchParams } from '../../query'
import { consequences, disable, enable, remove, rotateSecret } from '../actions'

export const metadata: Metadata = { title: 'Client' }

export default async function ClientPage({ searchParams }: { searchParams: SearchParams }) {
  const { id } = await searchParams
  const page = await readClient(typeof id === 'string' ? id : '')
  if (!page) notFound()
  const actions = await permitted({ consequences, disable, enable, remove, rotateSecret })
  return <ClientView page={page} actions={actions} />
}
