import 'server-only'
import { requireOperator } from '@/lib/auth/session'
import { env } from '@/lib/env'
import { selfCheckAgent } from '@/lib/events/agent'
import { flushEvents } from '@/lib/events/recorder'
import { settings } from '@/lib/settings'
import { countClients } from '@/lib/store/clients'
import { databaseKind } from '@/lib/store/database'
import { countEvents, newestEvents } from '@/lib/store/events'
import { countGrants, listGrants } from '@/lib/store/grants'
import { countTroubled } from '@/lib/store/handshake-counts'
import { startedAt, version } from '@/lib/version'
import { toConnectionRow } from './connections'
import { toEventRows } from './event-rows'
import type { Overview } from './views'

const dayMs = 86_400_000
const recent = { connections: 5, events: 12 }

/** What the first page of the dashboard shows. */
export async function readOverview(): Promise<Overview> {
  await requireOperator('viewer', '/admin')
  await flushEvents()
  const since = new Date(Date.now() - dayMs)
  const [database, connections, clients, toolCalls, refusals, troubled, grants, events] =
    await Promise.all([
      databaseKind(),
      countGrants(),
      countClients(),
      countEvents(['mcp.called'], ['ok', 'failed'], since),
      countEvents(null, ['refused', 'failed'], since),
      countTroubled(since),
      listGrants({}, 'newest', recent.connections),
      newestEvents({ exceptAgent: selfCheckAgent }, recent.events),
    ])
  const { origin, mcpUrl } = env()
  const { serverName } = settings()
  return {
    serverName,
    version,
    issuer: origin,
    mcpUrl,
    startedAt: startedAt().toISOString(),
    database,
    connections,
    clients,
    toolCalls,
    refusals,
    troubled,
    recentConnections: grants.map(toConnectionRow),
    recentEvents: await toEventRows(events),
  }
}
