import 'server-only'
import { requireOperator } from '@/lib/auth/session'
import { env } from '@/lib/env'
import { selfCheckAgent } from '@/lib/events/agent'
import { flushEvents } from '@/lib/events/recorder'
import { countClients } from '@/lib/store/clients'
import { databaseKind } from '@/lib/store/database'
import { countEvents, newestEvents } from '@/lib/store/events'
import { callsLately } from '@/lib/store/grant-days'
import { countGrants, listGrants } from '@/lib/store/grants'
import { countTroubled } from '@/lib/store/handshake-counts'
import { startedAt, version } from '@/lib/version'
import { toConnectionRow } from './connection-rows'
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
  const calls = await callsLately(
    grants.map(({ id }) => id),
    new Date(),
  )
  const { serverName, origin, mcpUrl } = env()
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
    recentConnections: grants.map((grant) => toConnectionRow(grant, calls)),
    recentEvents: await toEventRows(events),
  }
}
