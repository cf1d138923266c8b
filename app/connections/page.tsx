import type { Metadata } from 'next'
import { OwnList } from '@/components/connections/own-list'
import { listOwnConnections } from '@/lib/admin/account/connections'
import { listRemembered } from '@/lib/admin/account/remembered'
import { listQuery, type SearchParams } from '../admin/query'
import { forget } from './actions'

export const metadata: Metadata = { title: 'Your connections' }

export default async function OwnConnectionsPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await listQuery(searchParams)
  const [page, remembered, { done }] = await Promise.all([
    listOwnConnections(query),
    listRemembered(),
    searchParams,
  ])
  return (
    <OwnList
      page={page}
      query={query}
      remembered={remembered}
      hasForgotten={done === 'forgotten'}
      forget={forget}
    />
  )
}
