import type { Metadata } from 'next'
import { ConnectionsView } from '@/components/admin/connections/connections-view'
import { listConnections } from '@/lib/admin/connections'
import { readRefreshNotes } from '@/lib/admin/connections-health'
import { permitted } from '@/lib/auth/declared'
import { listQuery, type SearchParams } from '../query'
import { changeAll, pause, rename, resume, revoke } from './actions'

export const metadata: Metadata = { title: 'Connections' }

export default async function ConnectionsPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await listQuery(searchParams)
  const page = await listConnections(query)
  const actions = { changeAll, pause, rename, resume, revoke }
  return (
    <ConnectionsView
      query={query}
      page={page}
      notes={await readRefreshNotes(page.rows)}
      actions={await permitted(actions)}
    />
  )
}
