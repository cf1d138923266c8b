import type { Metadata } from 'next'
import { OverviewView } from '@/components/admin/overview/overview-view'
import { readOverview } from '@/lib/admin/overview'
import { requireOperator } from '@/lib/auth/session'

export const metadata: Metadata = { title: 'Overview' }

export default async function OverviewPage() {
  await requireOperator('viewer', '/admin')
  return <OverviewView overview={await readOverview()} />
}
