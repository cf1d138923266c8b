import type { Metadata } from 'next'
import { hrefOf } from '@/components/admin/list/hrefs'
import { SessionsView } from '@/components/admin/sessions/sessions-view'
import { listSessions } from '@/lib/admin/sessions'
import { includesRole, requireOperator } from '@/lib/auth/session'
import { listQuery, type SearchParams } from '../query'
import { end } from './actions'

export const metadata: Metadata = { title: 'Sessions' }

export default async function SessionsPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await listQuery(searchParams)
  const operator = await requireOperator('viewer', hrefOf('/admin/sessions', query))
  return (
    <SessionsView
      query={query}
      page={await listSessions(query)}
      actions={includesRole(operator.role, 'operator') ? { end } : undefined}
    />
  )
}
