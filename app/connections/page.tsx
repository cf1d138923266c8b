import type { Metadata } from 'next'
import { hrefOf } from '@/components/admin/list/hrefs'
import { OwnList } from '@/components/connections/own-list'
import { listOwnConnections } from '@/lib/admin/account/connections'
import { requireOperator } from '@/lib/auth/session'
import { listQuery, type SearchParams } from '../admin/query'

export const metadata: Metadata = { title: 'Your connections' }

export default async function OwnConnectionsPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await listQuery(searchParams)
  await requireOperator('member', hrefOf('/connections', query))
  return <OwnList page={await listOwnConnections(query)} query={query} />
}
