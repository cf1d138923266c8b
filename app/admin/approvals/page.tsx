import type { Metadata } from 'next'
import { ApprovalsView } from '@/components/admin/approvals/approvals-view'
import { hrefOf } from '@/components/admin/list/hrefs'
import { listApprovals } from '@/lib/admin/approvals'
import { includesRole, requireOperator } from '@/lib/auth/session'
import { listQuery, type SearchParams } from '../query'
import { approve, deny } from './actions'

export const metadata: Metadata = { title: 'Approvals' }

export default async function ApprovalsPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await listQuery(searchParams)
  const operator = await requireOperator('viewer', hrefOf('/admin/approvals', query))
  return (
    <ApprovalsView
      query={query}
      page={await listApprovals(query)}
      actions={includesRole(operator.role, 'operator') ? { approve, deny } : undefined}
    />
  )
}
