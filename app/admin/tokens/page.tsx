import type { Metadata } from 'next'
import { hrefOf } from '@/components/admin/list/hrefs'
import { TokensView } from '@/components/admin/tokens/tokens-view'
import { listTokens } from '@/lib/admin/tokens'
import { includesRole, requireOperator } from '@/lib/auth/session'
import { listQuery, type SearchParams } from '../query'
import { revoke } from './actions'

export const metadata: Metadata = { title: 'Tokens' }

export default async function TokensPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await listQuery(searchParams)
  const operator = await requireOperator('viewer', hrefOf('/admin/tokens', query))
  return (
    <TokensView
      query={query}
      page={await listTokens(query)}
      actions={includesRole(operator.role, 'operator') ? { revoke } : undefined}
    />
  )
}
