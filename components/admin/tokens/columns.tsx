import { CopyableId } from '@/components/admin/copyable-id'
import { Identity } from '@/components/admin/identity'
import type { Column } from '@/components/admin/list/data-table'
import { Moment } from '@/components/admin/moment'
import { Scopes, scopesOf } from '@/components/admin/scopes'
import { Badge } from '@/components/ui/badge'
import type { TokenRow } from '@/lib/admin/views'
import type { TokenActions } from './token-actions'
import { TokenMenu } from './token-menu'
import { TokenState } from './token-state'

/** The columns of the tokens. @param actions absent for those who may only read */
export const tokenColumns = (actions?: TokenActions): readonly Column<TokenRow>[] => [
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
  { id: 'first', wide: true, header: 'First used', cell: (row) => <Moment at={row.firstUsedAt} /> },
  { id: 'last', header: 'Last used', cell: (row) => <Moment at={row.lastUsedAt} /> },
  { id: 'expires', header: 'Expires', cell: (row) => <Moment at={row.expiresAt} /> },
  {
    id: 'actions',
    header: 'Actions',
    actions: true,
    cell: (row) => <TokenMenu token={row} actions={actions} />,
  },
]
