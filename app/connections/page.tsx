import { Plug } from 'lucide-react'
import { Remembered } from '@/components/connections/remembered'
import { ConnectionName } from '@/components/kit/connection-name'
import { ConnectionState } from '@/components/kit/connection-state'
import { defineList } from '@/components/kit/list/define-list'
import { ListPage } from '@/components/kit/list/list-page'
import { Moment } from '@/components/kit/moment'
import { Scopes } from '@/components/kit/scopes'
import { Callout } from '@/components/ui/callout'
import { EmptyState } from '@/components/ui/empty-state'
import { NumberText } from '@/components/ui/locale'
import { listOwnConnections } from '@/lib/admin/account/connections'
import { listRemembered } from '@/lib/admin/account/remembered'
import type { ConnectionRow } from '@/lib/admin/connections/rows'
import { listQuery } from '../admin/list-page'
import type { SearchParams } from '../admin/query'
import { forget } from './actions'

/** The user's own connections. */
const list = defineList<ConnectionRow>({
  path: '/connections',
  title: 'Your connections',
  what: 'connections',
  description:
    'Apps that you allowed to use this server in your name. Open one to pause, rename or revoke it.',
  search: { label: 'Search your connections', placeholder: 'Name, app or id' },
  filters: [
    {
      name: 'state',
      label: 'State',
      choices: [
        { value: '', label: 'All' },
        { value: 'active', label: 'Active' },
        { value: 'paused', label: 'Paused' },
        { value: 'revoked', label: 'Revoked' },
      ],
    },
  ],
  orders: [
    { value: '', label: 'Newest first' },
    { value: 'oldest', label: 'Oldest first' },
    { value: 'active', label: 'Last active first' },
    { value: 'name', label: 'By client name' },
  ],
  columns: [
    {
      id: 'client',
      header: 'App',
      lead: true,
      className: 'md:max-w-72',
      cell: (row) => <ConnectionName connection={row} href={`/connections/${row.id}`} />,
    },
    { id: 'state', header: 'State', cell: (row) => <ConnectionState connection={row} /> },
    { id: 'scopes', header: 'May', cell: (row) => <Scopes scopes={row.scopes} /> },
    { id: 'active', header: 'Last active', cell: (row) => <Moment at={row.lastActiveAt} /> },
    {
      id: 'calls',
      header: 'Calls in 30 days',
      align: 'right',
      cell: (row) => <NumberText value={row.callsLately} />,
    },
    { id: 'since', header: 'Allowed', cell: (row) => <Moment at={row.createdAt} /> },
  ],
  empty: (
    <EmptyState icon={Plug} title="You have allowed no app yet">
      When an app asks to use this server in your name and you allow it, it appears here, and can be
      paused or revoked.
    </EmptyState>
  ),
})

const forgotten = (
  <Callout tone="ok" role="status">
    The answer is forgotten: the app has to ask you again.
  </Callout>
)

export const metadata = { title: list.title }

export default async function OwnConnectionsPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await listQuery(list, searchParams)
  const [page, remembered, { done }] = await Promise.all([
    listOwnConnections(query),
    listRemembered(),
    searchParams,
  ])
  return (
    <>
      <ListPage
        list={list}
        query={query}
        page={page}
        given={undefined}
        above={done === 'forgotten' ? forgotten : null}
      />
      <Remembered answers={remembered} forget={forget} />
    </>
  )
}
