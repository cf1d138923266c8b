import type { Metadata } from 'next'
import { ApprovalsView } from '@/components/admin/approvals/approvals-view'
import { listApprovals } from '@/lib/admin/approvals'
import { permitted } from '@/lib/auth/declared'
import { listQuery, type SearchParams } from '../query'
import { approve, deny } from './actions'

export const metadata: Metadata = { title: 'Approvals' }

export default async function ApprovalsPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await listQuery(searchParams)
  return (
    <ApprovalsView
      query={query}
      page={await listApprovals(query)}
      actions={await permitted({ approve, deny })}
    />
  )
}
