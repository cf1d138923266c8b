import type { Metadata } from 'next'
import { InviteList } from '@/components/admin/operators/invite-list'
import { OperatorsView } from '@/components/admin/operators/operators-view'
import { listInvites, listOperators } from '@/lib/admin/operators'
import { permitted } from '@/lib/auth/declared'
import { operatorQuery, type SearchParams } from '../query'
import { withdraw } from './actions'

export const metadata: Metadata = { title: 'Operators' }

export default async function OperatorsPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await operatorQuery(searchParams)
  const page = await listOperators(query)
  const actions = await permitted({ withdraw })
  return (
    <OperatorsView
      query={query}
      page={page}
      mayInvite={actions !== undefined}
      invites={actions ? <InviteList invites={await listInvites()} {...actions} /> : null}
    />
  )
}
