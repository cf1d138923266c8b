import { PageHeader } from '@/components/admin/page-header'
import { RelativeTime } from '@/components/ui/relative-time'
import type { Overview } from '@/lib/admin/views'
import { AutoRefresh } from './auto-refresh'
import { ConnectCard } from './connect-card'
import { Numbers } from './numbers'
import { RecentConnections } from './recent-connections'
import { RecentEvents } from './recent-events'

const databases: Record<Overview['database'], string> = {
  embedded: 'embedded database',
  postgresql: 'PostgreSQL',
}

/** The first page: how to connect, how it stands, and what happened last. */
export function OverviewView({ overview }: { overview: Overview }) {
  return (
    <>
      <AutoRefresh />
      <PageHeader
        title={overview.serverName}
        description={
          <>
            Portico {overview.version} on the {databases[overview.database]}, started{' '}
            <RelativeTime at={overview.startedAt} />
          </>
        }
      />
      <Numbers overview={overview} />
      <ConnectCard mcpUrl={overview.mcpUrl} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 xl:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]">
        <RecentConnections connections={overview.recentConnections} />
        <RecentEvents events={overview.recentEvents} />
      </div>
    </>
  )
}
