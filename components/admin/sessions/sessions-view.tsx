import { Waypoints } from 'lucide-react'
import { ListToolbar } from '@/components/admin/list/list-toolbar'
import { ListView } from '@/components/admin/list/list-view'
import { PageHeader } from '@/components/admin/page-header'
import { EmptyState } from '@/components/ui/empty-state'
import type { ListQuery, PageOf, SessionRow } from '@/lib/admin/views'
import { sessionColumns } from './columns'

const path = '/admin/sessions'

const sorts = [
  { value: '', label: 'Newest first' },
  { value: 'active', label: 'Last active first' },
  { value: 'requests', label: 'Most requests first' },
]

const empty = (
  <EmptyState icon={Waypoints} title="No sessions yet">
    A session begins when a client with a token opens the MCP endpoint. A token without a session
    has never been used.
  </EmptyState>
)

type SessionsViewProps = { readonly page: PageOf<SessionRow>; readonly query: ListQuery }

/** Each opening of the MCP endpoint and the requests that followed. */
export function SessionsView({ page, query }: SessionsViewProps) {
  return (
    <>
      <PageHeader
        title="Sessions"
        description="Each row is one opening of the MCP endpoint, by initialize or server/discover, and the requests that followed."
      />
      <ListToolbar
        path={path}
        query={query}
        searchLabel="Search sessions"
        placeholder="Client, software or person"
        sorts={sorts}
      />
      <ListView
        path={path}
        query={query}
        page={page}
        what="sessions"
        columns={sessionColumns}
        keyOf={(row) => row.id}
        empty={empty}
      />
    </>
  )
}
