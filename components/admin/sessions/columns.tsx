import { Identity } from '@/components/admin/identity'
import type { Column } from '@/components/admin/list/data-table'
import { Moment } from '@/components/admin/moment'
import { NumberText } from '@/components/ui/locale'
import type { SessionRow } from '@/lib/admin/views'
import type { SessionActions } from './session-actions'
import { SessionMenu } from './session-menu'
import { SessionState } from './session-state'

/** The columns of the sessions. @param actions absent for those who may only read */
export const sessionColumns = (actions?: SessionActions): readonly Column<SessionRow>[] => [
  {
    id: 'client',
    header: 'Client',
    lead: true,
    className: 'md:max-w-56 xl:max-w-72',
    cell: (row) => (
      <Identity
        name={row.clientName}
        href={`/admin/connections/${row.grantId}`}
        under={row.clientInfo ?? 'did not name itself'}
      />
    ),
  },
  {
    id: 'user',
    header: 'Allowed by',
    className: 'md:max-w-40 xl:max-w-56',
    cell: (row) => <span className="block max-w-full truncate">{row.userEmail}</span>,
  },
  {
    id: 'protocol',
    header: 'Protocol',
    cell: (row) => <span className="font-mono text-xs">{row.protocolVersion}</span>,
  },
  { id: 'state', header: 'State', cell: (row) => <SessionState session={row} /> },
  {
    id: 'calls',
    header: 'Tool calls',
    align: 'right',
    cell: (row) => <NumberText value={row.calls} />,
  },
  {
    id: 'requests',
    header: 'Requests',
    align: 'right',
    wide: true,
    cell: (row) => <NumberText value={row.requests} />,
  },
  {
    id: 'streams',
    header: 'Streams',
    align: 'right',
    cell: (row) => <NumberText value={row.streams} />,
  },
  { id: 'seen', header: 'Last active', cell: (row) => <Moment at={row.lastSeenAt} /> },
  { id: 'started', header: 'Opened', cell: (row) => <Moment at={row.startedAt} /> },
  {
    id: 'actions',
    header: 'Actions',
    actions: true,
    cell: (row) => <SessionMenu session={row} actions={actions} />,
  },
]
