import { Plug } from 'lucide-react'
import Link from 'next/link'
import { ListToolbar } from '@/components/admin/list/list-toolbar'
import { ListView } from '@/components/admin/list/list-view'
import { SelectionProvider } from '@/components/admin/list/selection'
import { PageHeader } from '@/components/admin/page-header'
import { buttonVariants } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import type { RefreshNote } from '@/lib/admin/connections-health'
import type { ConnectionRow, ListQuery, PageOf } from '@/lib/admin/views'
import { BulkBar } from './bulk-bar'
import { connectionColumns } from './columns'
import type { ConnectionActions } from './connection-actions'
import { ExpectedProvider } from './expected'

const path = '/admin/connections'

const states = [
  { value: '', label: 'All' },
  { value: 'active', label: 'Active' },
  { value: 'unused', label: 'Never used' },
  { value: 'paused', label: 'Paused' },
  { value: 'revoked', label: 'Revoked' },
]

const sorts = [
  { value: '', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
  { value: 'active', label: 'Last active first' },
  { value: 'name', label: 'By client name' },
]

const empty = (
  <EmptyState
    icon={Plug}
    title="No connections yet"
    action={
      <Link href="/admin" className={buttonVariants({ variant: 'primary' })}>
        Connect Claude
      </Link>
    }
  >
    A connection appears here when somebody allows an app to use this server.
  </EmptyState>
)

type ConnectionsViewProps = {
  readonly page: PageOf<ConnectionRow>
  readonly query: ListQuery
  /** what is remarkable about refreshes, by connection */
  readonly notes: Readonly<Record<string, RefreshNote>>
  /** absent for those who may only read */
  readonly actions?: ConnectionActions
}

/** Who has been allowed what, and when it was last used. */
export function ConnectionsView({ page, query, notes, actions }: ConnectionsViewProps) {
  return (
    <>
      <PageHeader
        title="Connections"
        description="Every app that somebody allowed to use this server, and when it was last active."
      />
      <ListToolbar
        path={path}
        query={query}
        searchLabel="Search connections"
        placeholder="Name, client, person or id"
        states={states}
        sorts={sorts}
      />
      <ExpectedProvider>
        <SelectionProvider ids={page.rows.map(({ id }) => id)}>
          <ListView
            path={path}
            query={query}
            page={page}
            what="connections"
            columns={connectionColumns(notes, actions)}
            keyOf={(row) => row.id}
            empty={empty}
          />
          {actions ? <BulkBar rows={page.rows} changeAll={actions.changeAll} /> : null}
        </SelectionProvider>
      </ExpectedProvider>
    </>
  )
}
