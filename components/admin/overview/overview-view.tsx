import { Choices } from '@/components/kit/list/choices'
import { PageHeader } from '@/components/kit/page-header'
import { RelativeTime } from '@/components/ui/relative-time'
import type { Overview } from '@/lib/admin/overview/overview'
import { NeedsAttention } from './attention'
import { AutoRefresh } from './auto-refresh'
import { ConnectCard } from './connect-card'
import { HoldingBackNote } from './holding-back-note'
import { Numbers } from './numbers'
import { RecentConnections } from './recent-connections'
import { RecentEvents } from './recent-events'
import { TrafficCharts } from './traffic-charts'
import { Verdicts } from './verdicts'

const ranges = [
  { value: '', label: '24 hours' },
  { value: '7d', label: '7 days' },
]

const databases: Record<Overview['database'], string> = {
  embedded: 'the embedded database',
  postgresql: 'PostgreSQL',
}

type OverviewViewProps = {
  readonly path: string
  readonly query: { readonly range?: string }
  readonly overview: Overview
}

/** The overview: what needs attention, key numbers, and recent activity. */
export function OverviewView({ path, query, overview }: OverviewViewProps) {
  return (
    <>
      <AutoRefresh />
      <PageHeader
        title={overview.serverName}
        description={
          <>
            Portico {overview.version} on {databases[overview.database]}, started{' '}
            <RelativeTime at={overview.startedAt} />
          </>
        }
        actions={<Choices label="Time" path={path} query={query} name="range" choices={ranges} />}
      />
      <Numbers overview={overview} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-3 lg:grid-cols-2">
        <NeedsAttention items={overview.attention} />
        <Verdicts {...overview.verdicts} />
      </div>
      <HoldingBackNote items={overview.holdingBack} />
      <TrafficCharts traffic={overview.traffic} />
      <ConnectCard mcpUrl={overview.mcpUrl} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 xl:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]">
        <RecentConnections connections={overview.recentConnections} />
        <RecentEvents events={overview.recentEvents} />
      </div>
    </>
  )
}
