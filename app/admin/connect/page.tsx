import type { Metadata } from 'next'
import { ConnectView } from '@/components/admin/connect/connect-view'
import { hrefOf } from '@/components/admin/list/hrefs'
import { readConnect } from '@/lib/admin/connect'
import { requireOperator } from '@/lib/auth/session'
import { connectQuery, type SearchParams } from '../query'

export const metadata: Metadata = { title: 'Connect' }

export default async function ConnectPage({ searchParams }: { searchParams: SearchParams }) {
  const { client, since } = await connectQuery(searchParams)
  await requireOperator('viewer', hrefOf('/admin/connect', { client }))
  return <ConnectView view={await readConnect(since)} client={client} />
}
