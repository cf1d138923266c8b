import type { Metadata } from 'next'
import { LogView } from '@/components/admin/log/log-view'
import { listEvents } from '@/lib/admin/log/log'
import { eventQuery, type SearchParams } from '../query'

export const metadata: Metadata = { title: 'Live log' }

const path = '/admin/log'

export default async function LogPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await eventQuery(searchParams)
  const page = await listEvents(query)
  return <LogView path={path} query={query} page={page} />
}
