import type { Metadata } from 'next'
import { ApprovalsView } from '@/components/admin/approvals/approvals-view'
import { listApprovals } from '@/lib/admin/approvals/approvals'
import { permitted } from '@/lib/auth/declared'
import { pageQuery, type SearchParams } from '../query'
import { approve, deny } from './actions'

export const metadata: Metadata = { title: 'Approvals' }

export default async function ApprovalsPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await pageQuery(searchParams)
  return (
    <ApprovalsView
      query={query}
      page={await listApprovals(query)}
      actions={await permitted({ approve, deny })}
    />
  )
}
