import type { Column } from '@/components/admin/list/data-table'
import { SelectPage, SelectRow } from '@/components/admin/list/selection'
import { Moment } from '@/components/admin/moment'
import { Scopes } from '@/components/admin/scopes'
import { NumberText } from '@/components/ui/locale'
import type { RefreshNote } from '@/lib/admin/connections-health'
import type { ConnectionRow } from '@/lib/admin/views'
import type { ConnectionActions } from './connection-actions'
import { ConnectionMenu } from './connection-menu'
import { ConnectionName } from './connection-name'
import { ConnectionState } from './connection-state'
import { RefreshState } from './refresh-state'

/**
 * The columns of the connections.
 *
 * @param notes what is remarkable about refreshes, by connection
 * @param actions absent for those who may only read
 */
export const connectionColumns = (
  notes: Readonly<Record<string, RefreshNote>>,
  actions?: ConnectionActions,
): readonly Column<ConnectionRow>[] => [
  {
    id: 'client',
    header: 'Client',
    lead: true,
    className: 'md:max-w-60 xl:max-w-76',
    head: actions ? (
      <span className="flex items-center gap-2.5">
        <SelectPage />
        Client
      </span>
    ) : undefined,
    cell: (row) => (
      <span className="flex min-w-0 items-center gap-2.5">
        {actions ? (
          <SelectRow id={row.id} label={`${row.label ?? row.clientName} of ${row.userEmail}`} />
        ) : null}
        <ConnectionName connection={row} href={`/admin/connections/${row.id}`} />
      </span>
    ),
  },
  {
    id: 'user',
    header: 'Allowed by',
    className: 'md:max-w-40 xl:max-w-56',
    cell: (row) => <span className="block max-w-full truncate">{row.userEmail}</span>,
  },
  {
    id: 'state',
    header: 'State',
    cell: (row) => (
      <span className="flex flex-wrap gap-1">
        <ConnectionState connection={row} />
        <RefreshState note={notes[row.id]} />
      </span>
    ),
  },
  { id: 'scopes', wide: true, header: 'Scopes', cell: (row) => <Scopes scopes={row.scopes} /> },
  { id: 'active', header: 'Last active', cell: (row) => <Moment at={row.lastActiveAt} /> },
  {
    id: 'calls',
    header: 'Calls in 30 days',
    align: 'right',
    cell: (row) => <NumberText value={row.callsLately} />,
  },
  { id: 'since', header: 'Allowed', cell: (row) => <Moment at={row.createdAt} /> },
  {
    id: 'actions',
    header: 'Actions',
    actions: true,
    cell: (row) => <ConnectionMenu connection={row} actions={actions} />,
  },
]
