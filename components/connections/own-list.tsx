import { Plug } from 'lucide-react'
import { ConnectionName } from '@/components/admin/connections/connection-name'
import { ConnectionState } from '@/components/admin/connections/connection-state'
import type { Column } from '@/components/admin/list/data-table'
import { ListToolbar } from '@/components/admin/list/list-toolbar'
import { ListView } from '@/components/admin/list/list-view'
import { Moment } from '@/components/admin/moment'
import { PageHeader } from '@/components/admin/page-header'
import { Scopes } from '@/components/admin/scopes'
import { Callout } from '@/components/ui/callout'
import { EmptyState } from '@/components/ui/empty-state'
import { NumberText } from '@/components/ui/locale'
import type { RememberedAnswer } from '@/lib/admin/account/views'
import type { ConnectionRow, ListQuery, PageOf } from '@/lib/admin/views'
import { Remembered } from './remembered'

const path = '/connections'

const states = [
  { value: '', label: 'All' },
  { value: 'active', label: 'Active' },
  { value: 'paused', label: 'Paused' },
  { value: 'revoked', label: 'Revoked' },
]

const sorts = [
  { value: '', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
  { value: 'active', label: 'Last active first' },
  { value: 'name', label: 'By client name' },
]

const columns: readonly Column<ConnectionRow>[] = [
  {
    id: 'client',
    header: 'App',
    lead: true,
    className: 'md:max-w-72',
    cell: (row) => <ConnectionName connection={row} href={`${path}/${row.id}`} />,
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
]

const empty = (
  <EmptyState icon={Plug} title="You have allowed no app yet">
    When an app asks to use this server in your name and you allow it, it appears here, and can be
    paused or revoked.
  </EmptyState>
)

type OwnListProps = {
  readonly page: PageOf<ConnectionRow>
  readonly query: ListQuery
  readonly remembered: readonly RememberedAnswer[]
  /** whether an answer was forgotten just now */
  readonly hasForgotten: boolean
  readonly forget: (form: FormData) => Promise<void>
}

/** The apps that somebody allowed in their own name. */
export function OwnList({ page, query, remembered, hasForgotten, forget }: OwnListProps) {
  return (
    <>
      <PageHeader
        title="Your connections"
        description="Apps that you allowed to use this server in your name. Open one to pause, rename or revoke it."
      />
      {hasForgotten ? (
        <Callout tone="ok" role="status">
          The answer is forgotten: the app has to ask you again.
        </Callout>
      ) : null}
      <ListToolbar
        path={path}
        query={query}
        searchLabel="Search your connections"
        placeholder="Name, app or id"
        states={states}
        sorts={sorts}
      />
      <ListView
        path={path}
        query={query}
        page={page}
        what="connections"
        columns={columns}
        keyOf={(row) => row.id}
        empty={empty}
      />
      <Remembered answers={remembered} forget={forget} />
    </>
  )
}
