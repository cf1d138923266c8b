import { AppWindow, Plus } from 'lucide-react'
import Link from 'next/link'
import { CleanUp } from '@/components/admin/clients/clean-up'
import { ClientState, Connections, kinds, Redirects } from '@/components/admin/clients/client-cells'
import { ClientMenu } from '@/components/admin/clients/client-menu'
import { CopyableId } from '@/components/kit/copyable-id'
import { Identity } from '@/components/kit/identity'
import { defineList } from '@/components/kit/list/define-list'
import { clientHref, hrefOf } from '@/components/kit/list/hrefs'
import { ListPage } from '@/components/kit/list/list-page'
import { Moment } from '@/components/kit/moment'
import { Badge } from '@/components/ui/badge'
import { buttonVariants } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { type ClientRow, listClients } from '@/lib/admin/clients/clients'
import { permitted } from '@/lib/auth/declared'
import { listQuery } from '../list-page'
import type { SearchParams } from '../query'
import {
  consequences,
  countUnused,
  deleteUnused,
  disable,
  enable,
  remove,
  rotateSecret,
} from './actions'

const changes = { consequences, disable, enable, remove, rotateSecret }

/** The list of clients, however they registered. */
const list = defineList<ClientRow, typeof changes | undefined>({
  path: '/admin/clients',
  title: 'Clients',
  what: 'clients',
  description:
    'Apps that have identified themselves, or that an admin added. An app that registers anew for every connection is one row.',
  search: { label: 'Search clients', placeholder: 'Name, redirect or id' },
  filters: [
    {
      name: 'state',
      label: 'State',
      choices: [
        { value: '', label: 'All' },
        { value: 'active', label: 'Active' },
        { value: 'never-used', label: 'Never used' },
        { value: 'disabled', label: 'Disabled' },
      ],
    },
  ],
  links: ['kin'],
  orders: [
    { value: '', label: 'Newest first' },
    { value: 'oldest', label: 'Oldest first' },
    { value: 'used', label: 'Last used first' },
    { value: 'name', label: 'By name' },
  ],
  columns: (actions) => [
    {
      id: 'name',
      header: 'Client',
      lead: true,
      className: 'md:max-w-56 xl:max-w-72',
      cell: (row) => (
        <Identity
          name={row.name}
          href={row.kin ? hrefOf('/admin/clients', { kin: row.kin }) : clientHref(row.id)}
          under={
            row.kin ? (
              `${row.clients.toLocaleString('en')} registrations of the same app`
            ) : (
              <CopyableId id={row.id} what="client id" />
            )
          }
          verifiedDomain={row.verifiedDomain}
          mark={row.kin ? <Badge>×{row.clients.toLocaleString('en')}</Badge> : null}
        />
      ),
    },
    {
      id: 'kind',
      header: 'Identified by',
      cell: (row) => <span title={kinds[row.kind].title}>{kinds[row.kind].label}</span>,
    },
    { id: 'state', header: 'State', cell: (row) => <ClientState state={row.state} /> },
    {
      id: 'auth',
      wide: true,
      header: 'Authenticates by',
      cell: (row) => <span className="font-mono text-xs">{row.authMethod}</span>,
    },
    { id: 'redirects', header: 'Returns to', cell: (row) => <Redirects client={row} /> },
    {
      id: 'connections',
      header: 'Connections',
      align: 'right',
      cell: (row) => <Connections client={row} />,
    },
    { id: 'used', header: 'Last used', cell: (row) => <Moment at={row.lastUsedAt} /> },
    {
      id: 'created',
      wide: true,
      header: 'First seen',
      cell: (row) => <Moment at={row.createdAt} />,
    },
    ...(actions
      ? [
          {
            id: 'actions',
            header: 'Actions',
            actions: true,
            cell: (row: ClientRow) =>
              row.kin ? null : <ClientMenu client={row} actions={actions} />,
          },
        ]
      : []),
  ],
  empty: (
    <EmptyState icon={AppWindow} title="No clients yet">
      A client is an app as OAuth knows it. Claude registers itself the first time it is given the
      address of this server; there is nothing to prepare.
    </EmptyState>
  ),
})

export const metadata = { title: list.title }

const additions = (
  <span className="flex flex-wrap gap-2">
    <CleanUp countUnused={countUnused} deleteUnused={deleteUnused} />
    <Link href="/admin/clients/new" className={buttonVariants({ variant: 'primary' })}>
      <Plus aria-hidden />
      New client
    </Link>
  </span>
)

export default async function ClientsPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await listQuery(list, searchParams)
  const page = await listClients(query)
  const actions = await permitted(changes)
  const mayAdd = await permitted({ countUnused, deleteUnused })
  return (
    <ListPage
      list={list}
      query={query}
      page={page}
      given={actions}
      actions={mayAdd ? additions : null}
    />
  )
}
