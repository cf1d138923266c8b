import { Activity } from 'lucide-react'
import { CallsByDay } from '@/components/connections/calls-by-day'
import { History } from '@/components/connections/history'
import { ConnectionTitle } from '@/components/kit/connection-name'
import { ConnectionState } from '@/components/kit/connection-state'
import { ExpectedProvider } from '@/components/kit/expected'
import { LinkButton } from '@/components/kit/links'
import { hrefOf } from '@/components/kit/list/hrefs'
import { PageHeader } from '@/components/kit/page-header'
import type { HistoryRow } from '@/lib/admin/account/history'
import type { ConnectionPage } from '@/lib/admin/connections/page'
import type { PageOf } from '@/lib/admin/views'
import type { ConnectionActions } from './connection-actions'
import { ConnectionButtons } from './connection-buttons'
import { ConnectionFacts } from './connection-facts'
import { ConnectionRecords } from './connection-records'

type ConnectionViewProps = {
  readonly page: ConnectionPage
  readonly history: PageOf<HistoryRow>
  readonly cursor: string | undefined
  /** absent for viewers */
  readonly actions?: ConnectionActions
}

/** Everything about one connection, and the actions on it. */
export function ConnectionView({ page, history, cursor, actions }: ConnectionViewProps) {
  const { connection } = page
  return (
    <ExpectedProvider>
      <PageHeader
        title={
          <>
            <ConnectionTitle connection={connection} />
            <ConnectionState connection={connection} />
          </>
        }
        description={`What ${connection.userEmail} allowed ${connection.clientName}, and what became of it.`}
        actions={
          <span className="flex flex-wrap gap-2">
            <LinkButton
              href={hrefOf('/admin/log', { grant: connection.id })}
              variant="ghost"
              icon={Activity}
            >
              Show in the log
            </LinkButton>
            {actions ? <ConnectionButtons connection={connection} actions={actions} /> : null}
          </span>
        }
      />
      <ConnectionFacts page={page} />
      <CallsByDay days={page.days} />
      <ConnectionRecords page={page} />
      <History page={history} path={`/admin/connections/${connection.id}`} query={{ cursor }} />
    </ExpectedProvider>
  )
}
