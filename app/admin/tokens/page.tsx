import type { Metadata } from 'next'
import { TokensView } from '@/components/admin/tokens/tokens-view'
import { listTokens } from '@/lib/admin/tokens'
import { permitted } from '@/lib/auth/declared'
import { listQuery, type SearchParams } from '../query'
import { revoke } from './actions'

export const metadata: Metadata = { title: 'Tokens' }

export default async function TokensPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await listQuery(searchParams)
  return (
    <TokensView
      query={query}
      page={await listTokens(query)}
      actions={await permitted({ revoke })}
    />
  )
}
