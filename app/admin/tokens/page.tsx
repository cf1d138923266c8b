import type { Metadata } from 'next'
import { hrefOf } from '@/components/admin/list/hrefs'
import { TokensView } from '@/components/admin/tokens/tokens-view'
import { listTokens } from '@/lib/admin/tokens'
import { requireOperator } from '@/lib/auth/session'
import { listQuery, type SearchParams } from '../query'

export const metadata: Metadata = { title: 'Tokens' }

export default async function TokensPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await listQuery(searchParams)
  await requireOperator('viewer', hrefOf('/admin/tokens', query))
  return <TokensView query={query} page={await listTokens(query)} />
}
