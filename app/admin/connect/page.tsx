import type { Metadata } from 'next'
import { ConnectView } from '@/components/admin/connect/connect-view'
import { readConnect } from '@/lib/admin/connect/connect'
import { connectQuery, type SearchParams } from '../query'

export const metadata: Metadata = { title: 'Connect' }

export default async function ConnectPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await connectQuery(searchParams)
  return <ConnectView view={await readConnect(query)} client={query.client} />
}
