import type { Metadata } from 'next'
import { hrefOf } from '@/components/admin/list/hrefs'
import { SessionsView } from '@/components/admin/sessions/sessions-view'
import { listSessions } from '@/lib/admin/sessions'
import { requireOperator } from '@/lib/auth/session'
import { listQuery, type SearchParams } from '../query'

export const metadata: Metadata = { title: 'Sessions' }

export default async function SessionsPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await listQuery(searchParams)
  await requireOperator('viewer', hrefOf('/admin/sessions', query))
  return <SessionsView query={query} page={await listSessions(query)} />
}
