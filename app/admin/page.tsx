import type { Metadata } from 'next'
import { OverviewView } from '@/components/admin/overview/overview-view'
import { readOverview } from '@/lib/admin/overview/overview'
import { overviewQuery, type SearchParams } from './query'

export const metadata: Metadata = { title: 'Overview' }

const path = '/admin'

export default async function OverviewPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await overviewQuery(searchParams)
  return <OverviewView path={path} query={query} overview={await readOverview(query)} />
}
