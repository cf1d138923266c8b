import { Plug } from 'lucide-react'
import Link from 'next/link'
import { BulkBar } from '@/components/admin/connections/bulk-bar'
import { ConnectionMenu } from '@/components/admin/connections/connection-menu'
import { RefreshState } from '@/components/admin/connections/refresh-state'
import { ConnectionName } from '@/components/kit/connection-name'
import { ConnectionState } from '@/components/kit/connection-state'
import { ExpectedProvider } from '@/components/kit/expected'
import { defineList } from '@/components/kit/list/define-list'
import { ListPage } from '@/components/kit/list/list-page'
import { SelectionProvider, SelectPage, SelectRow } from '@/components/kit/list/selection'
import { Moment } from '@/components/kit/moment'
import { Scopes } from '@/components/kit/scopes'
import { buttonVariants } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { NumberText } from '@/components/ui/locale'
import { listConnections } from '@/lib/admin/connections/connections'
import { readRefreshNotes } from '@/lib/admin/connections/health'
import type { ConnectionRow } from '@/lib/admin/connections/rows'
import { permitted } from '@/lib/auth/declared'
import { listQuery } from '../list-page'
import type { SearchParams } from '../query'
import { changeAll, pause, rename, resume, revoke } from './actions'

type Given = {
  /** refresh anomalies by connection */
  readonly notes: Awaited<ReturnType<typeof readRefreshNotes>>
  /** absent for viewers */
  readonly actions: typeof changes | undefined
}

const changes = { changeAll, pause, rename, resume, revoke }

/** The list of connections. */
const list = defineList<ConnectionRow, Given>({
  path: '/admin/connections',
  title: 'Connections',
  what: 'connections',
  description: 'Every app that someone allowed to use this server, and when it was last active.',
  search: { label: 'Search connections', placeholder: 'Name, client, person or id' },
  filters: [
    {
      name: 'state',
      label: 'State',
      choices: [
        { value: '', label: 'All' },
        { value: 'active', label: 'Active' },
        { value: 'unused', label: 'Never used' },
        { value: 'paused', label: 'Paused' },
        { value: 'revoked', label: 'Revoked' },
      ],
    },
  ],
  links: ['client', 'user'],
  orders: [
    { value: '', label: 'Newest first' },
    { value: 'oldest', label: 'Oldest first' },
    { value: 'active', label: 'Last active first' },
    { value: 'name', label: 'By client name' },
  ],
  columns: ({ notes, actions }) => [
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
  ],
  empty: (
    <EmptyState
      icon={Plug}
      title="No connections yet"
      action={
        <Link href="/admin" className={buttonVariants({ variant: 'primary' })}>
          Connect Claude
        </Link>
      }
    >
      A connection appears here when someone allows an app to use this server.
    </EmptyState>
  ),
})

export const metadata = { title: list.title }

export default async function ConnectionsPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await listQuery(list, searchParams)
  const page = await listConnections(query)
  const given = { notes: await readRefreshNotes(page.rows), actions: await permitted(changes) }
  return (
    <ListPage
      list={list}
      query={query}
      page={page}
      given={given}
      around={(rows) => (
        <ExpectedProvider>
          <SelectionProvider ids={page.rows.map(({ id }) => id)}>
            {rows}
            {given.actions ? <BulkBar rows={page.rows} changeAll={changeAll} /> : null}
          </SelectionProvider>
        </ExpectedProvider>
      )}
    />
  )
}
