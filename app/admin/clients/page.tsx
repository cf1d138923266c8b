import type { Metadata } from 'next'
import { ClientsView } from '@/components/admin/clients/clients-view'
import { listClients } from '@/lib/admin/clients'
import { permitted } from '@/lib/auth/declared'
import { listQuery, type SearchParams } from '../query'
import {
  consequences,
  countUnused,
  deleteUnused,
  disable,
  enable,
  remove,
  rotateSecret,
} from './actions'

export const metadata: Metadata = { title: 'Clients' }

export default async function ClientsPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await listQuery(searchParams)
  const change = { consequences, disable, enable, remove, rotateSecret }
  const actions = { ...change, countUnused, deleteUnused }
  return (
    <ClientsView query={query} page={await listClients(query)} actions={await permitted(actions)} />
  )
}
