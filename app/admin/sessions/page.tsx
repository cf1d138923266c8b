import { Waypoints } from 'lucide-react'
import { SessionMenu } from '@/components/admin/sessions/session-menu'
import { SessionState } from '@/components/admin/sessions/session-state'
import { Identity } from '@/components/kit/identity'
import { defineList } from '@/components/kit/list/define-list'
import { Moment } from '@/components/kit/moment'
import { EmptyState } from '@/components/ui/empty-state'
import { NumberText } from '@/components/ui/locale'
import { listSessions } from '@/lib/admin/sessions/sessions'
import type { SessionRow } from '@/lib/admin/views'
import { listPage } from '../list-page'
import { end } from './actions'

const actions = { end }

/** The list of MCP sessions and their usage. */
const list = defineList<SessionRow, typeof actions | undefined>({
  path: '/admin/sessions',
  title: 'Sessions',
  what: 'sessions',
  description:
    'MCP sessions of revisions up to 2025-11-25. They survive a restart; the newest revision needs none.',
  live: 'mcp.',
  search: { label: 'Search sessions', placeholder: 'Client, software or person' },
  filters: [
    {
      name: 'state',
      label: 'State',
      choices: [
        { value: '', label: 'All' },
        { value: 'live', label: 'Open' },
        { value: 'ended', label: 'Ended' },
      ],
    },
  ],
  links: ['client', 'grant', 'user'],
  orders: [
    { value: '', label: 'Newest first' },
    { value: 'active', label: 'Last active first' },
    { value: 'requests', label: 'Most requests first' },
    { value: 'calls', label: 'Most tool calls first' },
  ],
  columns: (given) => [
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
      cell: (row) => <SessionMenu session={row} actions={given} />,
    },
  ],
  empty: (
    <EmptyState icon={Waypoints} title="No sessions yet">
      A session begins with initialize, in the revisions from 2024-11-05 to 2025-11-25. Clients of
      2026-07-28 have none: look at their connection instead.
    </EmptyState>
  ),
})

export const metadata = { title: list.title }

export default listPage(list, listSessions, actions)
