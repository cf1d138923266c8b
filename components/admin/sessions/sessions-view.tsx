import { Waypoints } from 'lucide-react'
import { ListToolbar } from '@/components/admin/list/list-toolbar'
import { ListView } from '@/components/admin/list/list-view'
import { LiveRefresh } from '@/components/admin/live-refresh'
import { PageHeader } from '@/components/admin/page-header'
import { EmptyState } from '@/components/ui/empty-state'
import type { ListQuery, PageOf, SessionRow } from '@/lib/admin/views'
import { sessionColumns } from './columns'
import type { SessionActions } from './session-actions'

const path = '/admin/sessions'

const sorts = [
  { value: '', label: 'Newest first' },
  { value: 'active', label: 'Last active first' },
  { value: 'requests', label: 'Most requests first' },
  { value: 'calls', label: 'Most tool calls first' },
]

const states = [
  { value: '', label: 'All' },
  { value: 'live', label: 'Open' },
  { value: 'ended', label: 'Ended' },
]

const empty = (
  <EmptyState icon={Waypoints} title="No sessions yet">
    A session begins with initialize, in the revisions from 2024-11-05 to 2025-11-25. Clients of
    2026-07-28 have none: look at their connection instead.
  </EmptyState>
)

type SessionsViewProps = {
  readonly page: PageOf<SessionRow>
  readonly query: ListQuery
  /** absent for those who may only read */
  readonly actions?: SessionActions
}

/** The MCP sessions, and what they were used for. */
export function SessionsView({ page, query, actions }: SessionsViewProps) {
  return (
    <>
      <PageHeader
        title={
          <>
            Sessions
            <LiveRefresh names="mcp." />
          </>
        }
        description="MCP sessions of revisions up to 2025-11-25. They survive a restart; the newest revision needs none."
      />
      <ListToolbar
        path={path}
        query={query}
        searchLabel="Search sessions"
        placeholder="Client, software or person"
        states={states}
        sorts={sorts}
      />
      <ListView
        path={path}
        query={query}
        page={page}
        what="sessions"
        columns={sessionColumns(actions)}
        keyOf={(row) => row.id}
        empty={empty}
      />
    </>
  )
}
