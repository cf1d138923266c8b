import { KeyRound } from 'lucide-react'
import { ListToolbar } from '@/components/admin/list/list-toolbar'
import { ListView } from '@/components/admin/list/list-view'
import { PageHeader } from '@/components/admin/page-header'
import { EmptyState } from '@/components/ui/empty-state'
import type { ListQuery, PageOf, TokenRow } from '@/lib/admin/views'
import { tokenColumns } from './columns'
import type { TokenActions } from './token-actions'

const path = '/admin/tokens'

const states = [
  { value: '', label: 'All' },
  { value: 'active', label: 'Active' },
  { value: 'unused', label: 'Never used' },
  { value: 'expired', label: 'Expired' },
  { value: 'revoked', label: 'Revoked' },
  { value: 'rotated', label: 'Rotated' },
  { value: 'access', label: 'Access' },
  { value: 'refresh', label: 'Refresh' },
]

const sorts = [
  { value: '', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
  { value: 'expires', label: 'By expiry' },
]

const empty = (
  <EmptyState icon={KeyRound} title="No tokens yet">
    A token is issued when somebody allows a connection. The tokens themselves are never stored;
    this list knows only that they exist.
  </EmptyState>
)

type TokensViewProps = {
  readonly page: PageOf<TokenRow>
  readonly query: ListQuery
  /** absent for those who may only read */
  readonly actions?: TokenActions
}

/** What was issued, to whom, and whether it was ever used. */
export function TokensView({ page, query, actions }: TokensViewProps) {
  return (
    <>
      <PageHeader
        title="Tokens"
        description="A token that was issued and never used means that the sign-in worked and the first call did not come."
      />
      <ListToolbar
        path={path}
        query={query}
        searchLabel="Search tokens"
        placeholder="Client, person or id"
        states={states}
        sorts={sorts}
      />
      <ListView
        path={path}
        query={query}
        page={page}
        what="tokens"
        columns={tokenColumns(actions)}
        keyOf={(row) => row.id}
        rowClass={(row) =>
          row.state === 'unused' ? 'bg-warn-soft/50 shadow-[inset_2px_0_0_var(--warn)]' : undefined
        }
        empty={empty}
      />
    </>
  )
}
