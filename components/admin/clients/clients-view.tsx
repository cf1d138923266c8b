import { AppWindow, Plus } from 'lucide-react'
import Link from 'next/link'
import { ListToolbar } from '@/components/admin/list/list-toolbar'
import { ListView } from '@/components/admin/list/list-view'
import { PageHeader } from '@/components/admin/page-header'
import { buttonVariants } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import type { ClientRow, ListQuery, PageOf } from '@/lib/admin/views'
import { CleanUp } from './clean-up'
import type { CleanUpActions, ClientActions } from './client-actions'
import { clientColumns } from './columns'

const path = '/admin/clients'

const states = [
  { value: '', label: 'All' },
  { value: 'active', label: 'Active' },
  { value: 'never-used', label: 'Never used' },
  { value: 'disabled', label: 'Disabled' },
]

const sorts = [
  { value: '', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
  { value: 'used', label: 'Last used first' },
  { value: 'name', label: 'By name' },
]

const empty = (
  <EmptyState icon={AppWindow} title="No clients yet">
    A client is an app as OAuth knows it. Claude registers itself the first time it is given the
    address of this server; there is nothing to prepare.
  </EmptyState>
)

function Additions({ cleanUp }: { readonly cleanUp: CleanUpActions }) {
  return (
    <span className="flex flex-wrap gap-2">
      <CleanUp {...cleanUp} />
      <Link href={`${path}/new`} className={buttonVariants({ variant: 'primary' })}>
        <Plus aria-hidden />
        New client
      </Link>
    </span>
  )
}

type ClientsViewProps = {
  readonly page: PageOf<ClientRow>
  readonly query: ListQuery
  /** absent for those who are not admins */
  readonly actions?: ClientActions & CleanUpActions
}

/** The apps that are known here, however they made themselves known. */
export function ClientsView({ page, query, actions }: ClientsViewProps) {
  return (
    <>
      <PageHeader
        title="Clients"
        description="Apps that have identified themselves, or that an admin added. An app that registers anew for every connection is one row."
        actions={actions ? <Additions cleanUp={actions} /> : null}
      />
      <ListToolbar
        path={path}
        query={query}
        searchLabel="Search clients"
        placeholder="Name, redirect or id"
        states={states}
        sorts={sorts}
      />
      <ListView
        path={path}
        query={query}
        page={page}
        what="clients"
        columns={clientColumns(actions)}
        keyOf={(row) => row.id}
        empty={empty}
      />
    </>
  )
}
