import type { Metadata } from 'next'
import { ConnectionsView } from '@/components/admin/connections/connections-view'
import { hrefOf } from '@/components/admin/list/hrefs'
import { listConnections } from '@/lib/admin/connections'
import { readRefreshNotes } from '@/lib/admin/connections-health'
import { includesRole, requireOperator } from '@/lib/auth/session'
import { listQuery, type SearchParams } from '../query'
import { changeAll, pause, rename, resume, revoke } from './actions'

export const metadata: Metadata = { title: 'Connections' }

export default async function ConnectionsPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await listQuery(searchParams)
  const operator = await requireOperator('viewer', hrefOf('/admin/connections', query))
  const page = await listConnections(query)
  const actions = { changeAll, pause, rename, resume, revoke }
  return (
    <ConnectionsView
      query={query}
      page={page}
      notes={await readRefreshNotes(page.rows)}
      actions={includesRole(operator.role, 'operator') ? actions : undefined}
    />
  )
}
