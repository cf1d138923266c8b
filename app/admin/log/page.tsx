import type { Metadata } from 'next'
import { LogView } from '@/components/admin/log/log-view'
import { logNarrowing } from '@/components/admin/log/narrowing'
import { listEvents } from '@/lib/admin/log/log'
import { listQuery } from '../list-page'
import type { SearchParams } from '../query'

export const metadata: Metadata = { title: 'Live log' }

export default async function LogPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await listQuery(logNarrowing, searchParams)
  const page = await listEvents(query)
  return <LogView query={query} page={page} />
}
