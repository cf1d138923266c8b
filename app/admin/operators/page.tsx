import type { Metadata } from 'next'
import { hrefOf } from '@/components/admin/list/hrefs'
import { InviteList } from '@/components/admin/operators/invite-list'
import { OperatorsView } from '@/components/admin/operators/operators-view'
import { listInvites, listOperators } from '@/lib/admin/operators'
import { includesRole, requireOperator } from '@/lib/auth/session'
import { operatorQuery, type SearchParams } from '../query'
import { withdraw } from './actions'

export const metadata: Metadata = { title: 'Operators' }

export default async function OperatorsPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await operatorQuery(searchParams)
  const operator = await requireOperator('viewer', hrefOf('/admin/operators', query))
  const mayChange = includesRole(operator.role, 'admin')
  return (
    <OperatorsView
      query={query}
      page={await listOperators(query)}
      mayInvite={mayChange}
      invites={mayChange ? <InviteList invites={await listInvites()} withdraw={withdraw} /> : null}
    />
  )
}
