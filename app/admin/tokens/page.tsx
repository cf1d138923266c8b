import { KeyRound } from 'lucide-react'
import { TokenMenu } from '@/components/admin/tokens/token-menu'
import { TokenState } from '@/components/admin/tokens/token-state'
import { CopyableId } from '@/components/kit/copyable-id'
import { Identity } from '@/components/kit/identity'
import { defineList } from '@/components/kit/list/define-list'
import { Moment } from '@/components/kit/moment'
import { Scopes, scopesOf } from '@/components/kit/scopes'
import { Badge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/empty-state'
import { listTokens, type TokenRow } from '@/lib/admin/tokens/tokens'
import { listPage } from '../list-page'
import { revoke } from './actions'

const actions = { revoke }

/** The list of tokens and their usage. */
const list = defineList<TokenRow, typeof actions | undefined>({
  path: '/admin/tokens',
  title: 'Tokens',
  what: 'tokens',
  description:
    'A token that was issued and never used means that the sign-in worked and the first call did not come.',
  search: { label: 'Search tokens', placeholder: 'Client, person or id' },
  filters: [
    {
      name: 'state',
      label: 'State',
      choices: [
        { value: '', label: 'All' },
        { value: 'active', label: 'Active' },
        { value: 'unused', label: 'Never used' },
        { value: 'expired', label: 'Expired' },
        { value: 'revoked', label: 'Revoked' },
        { value: 'rotated', label: 'Rotated' },
        { value: 'access', label: 'Access' },
        { value: 'refresh', label: 'Refresh' },
      ],
    },
  ],
  links: ['client', 'grant', 'user'],
  orders: [
    { value: '', label: 'Newest first' },
    { value: 'oldest', label: 'Oldest first' },
    { value: 'expires', label: 'By expiry' },
  ],
  columns: (given) => [
    {
      id: 'client',
      header: 'Client',
      lead: true,
      className: 'md:max-w-56 xl:max-w-72',
      cell: (row) => (
        <Identity name={row.clientName} href={`/admin/tokens/${row.id}`} under={row.userEmail} />
      ),
    },
    {
      id: 'kind',
      header: 'Token',
      cell: (row) => (
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Badge tone="outline">{row.kind === 'access' ? 'Access' : 'Refresh'}</Badge>
          <span className="w-24 max-w-full">
            <CopyableId id={row.id} what="token id" />
          </span>
        </span>
      ),
    },
    { id: 'state', header: 'State', cell: (row) => <TokenState state={row.state} /> },
    {
      id: 'scope',
      wide: true,
      header: 'Scopes',
      cell: (row) => <Scopes scopes={scopesOf(row.scope)} />,
    },
    { id: 'issued', wide: true, header: 'Issued', cell: (row) => <Moment at={row.issuedAt} /> },
    {
      id: 'first',
      wide: true,
      header: 'First used',
      cell: (row) => <Moment at={row.firstUsedAt} />,
    },
    { id: 'last', header: 'Last used', cell: (row) => <Moment at={row.lastUsedAt} /> },
    { id: 'expires', header: 'Expires', cell: (row) => <Moment at={row.expiresAt} /> },
    {
      id: 'actions',
      header: 'Actions',
      actions: true,
      cell: (row) => <TokenMenu token={row} actions={given} />,
    },
  ],
  rowClass: (row) =>
    row.state === 'unused' ? 'bg-warn-soft/50 shadow-[inset_2px_0_0_var(--warn)]' : undefined,
  empty: (
    <EmptyState icon={KeyRound} title="No tokens yet">
      A token is issued when someone allows a connection. The tokens themselves are never stored;
      this list knows only that they exist.
    </EmptyState>
  ),
})

export const metadata = { title: list.title }

export default listPage(list, listTokens, actions)
