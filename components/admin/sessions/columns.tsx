import { Identity } from '@/components/admin/identity'
import type { Column } from '@/components/admin/list/data-table'
import { hrefOf } from '@/components/admin/list/hrefs'
import { Moment } from '@/components/admin/moment'
import { Badge } from '@/components/ui/badge'
import type { SessionRow } from '@/lib/admin/views'

/** From this revision on MCP has no sessions of its own. */
const STATELESS_SINCE = '2026-07-28'

function Protocol({ version }: { version: string }) {
  const stateless = version >= STATELESS_SINCE
  return (
    <span className="flex items-center gap-2">
      <span className="font-mono text-xs">{version}</span>
      <Badge title={stateless ? 'Opened by server/discover' : 'Opened by initialize'}>
        {stateless ? 'stateless' : 'session'}
      </Badge>
    </span>
  )
}

/** The columns of the sessions. */
export const sessionColumns: readonly Column<SessionRow>[] = [
  {
    id: 'client',
    header: 'Client',
    lead: true,
    className: 'md:max-w-56 xl:max-w-72',
    cell: (row) => (
      <Identity
        name={row.clientName}
        href={hrefOf('/admin/log', { grant: row.grantId })}
        under={row.clientInfo ?? 'did not name itself'}
      />
    ),
  },
  {
    id: 'user',
    header: 'In the name of',
    className: 'md:max-w-40 xl:max-w-56',
    cell: (row) => <span className="block max-w-full truncate">{row.userEmail}</span>,
  },
  {
    id: 'protocol',
    header: 'Protocol',
    cell: (row) => <Protocol version={row.protocolVersion} />,
  },
  {
    id: 'requests',
    header: 'Requests',
    align: 'right',
    cell: (row) => row.requests.toLocaleString('en'),
  },
  { id: 'seen', header: 'Last active', cell: (row) => <Moment at={row.lastSeenAt} /> },
  { id: 'started', header: 'Opened', cell: (row) => <Moment at={row.startedAt} /> },
]
