import Link from 'next/link'
import { Identity } from '@/components/admin/identity'
import type { Column } from '@/components/admin/list/data-table'
import { hrefOf } from '@/components/admin/list/hrefs'
import { Moment } from '@/components/admin/moment'
import type { OperatorRow } from '@/lib/admin/operator-views'
import { OperatorState } from './operator-state'
import { RoleBadge } from './role-badge'

const connectionsOf = ({ id, activeConnections: count }: OperatorRow) =>
  count === 0 ? (
    <span className="text-muted">none</span>
  ) : (
    <Link
      href={hrefOf('/admin/connections', { user: id, state: 'active' })}
      className="underline-offset-4 hover:underline"
      aria-label={`${count} active ${count === 1 ? 'connection' : 'connections'}`}
    >
      {count.toLocaleString('en')}
    </Link>
  )

/** The columns of the people. */
export const operatorColumns: readonly Column<OperatorRow>[] = [
  {
    id: 'person',
    header: 'Person',
    lead: true,
    className: 'md:max-w-64 xl:max-w-80',
    cell: (row) => (
      <Identity
        name={row.name ?? row.email}
        href={`/admin/operators/${row.id}`}
        under={row.name ? row.email : null}
      />
    ),
  },
  { id: 'role', header: 'Role', cell: (row) => <RoleBadge role={row.role} /> },
  { id: 'state', header: 'State', cell: (row) => <OperatorState state={row.state} /> },
  { id: 'connections', header: 'Active connections', align: 'right', cell: connectionsOf },
  { id: 'seen', header: 'Last sign-in', cell: (row) => <Moment at={row.lastSignedInAt} /> },
  {
    id: 'created',
    header: 'Account made',
    wide: true,
    cell: (row) => <Moment at={row.createdAt} />,
  },
]
