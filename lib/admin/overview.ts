import 'server-only'
import { query } from '@/lib/auth/declared'
import { env } from '@/lib/env'
import { selfCheckAgent } from '@/lib/events/agent'
import { joinNow } from '@/lib/events/joiner'
import { settings } from '@/lib/settings'
import { countNewGrants, countVerdicts, mostCounted } from '@/lib/store/attention'
import { countClients } from '@/lib/store/clients'
import { databaseKind } from '@/lib/store/database'
import { newestEvents } from '@/lib/store/events'
import { countGrants, listGrants } from '@/lib/store/grant-list'
import { startedAt, version } from '@/lib/version'
import { readAttention } from './attention'
import { toConnectionRows } from './connection-rows'
import { toEventRows } from './event-rows'
import { readHoldingBack } from './holding-back'
import type { OverviewRange, VerdictCounts } from './overview-views'
import { addressOf } from './paging'
import { beginningOf, readTraffic } from './traffic'
import type { Overview } from './views'

const weekMs = 7 * 86_400_000
const recent = { connections: 5, events: 12 }

/** How long the charts look back, as the URL says. */
const toRange = (range: string | undefined): OverviewRange => (range === '7d' ? '7d' : '24h')

async function verdictsSince(since: Date): Promise<VerdictCounts> {
  const byVerdict = await countVerdicts(since)
  const all = Object.values(byVerdict).reduce((sum, count) => sum + count, 0)
  return { byVerdict, capped: all >= mostCounted }
}

/** What the first page of the dashboard shows. @param query straight from the URL */
export const readOverview = query(
  { role: 'viewer', path: addressOf('/admin') },
  async (person, query: { readonly range?: string }): Promise<Overview> => {
    await joinNow()
    const range = toRange(query.range)
    const now = Date.now()
    const counted = countGrants()
    const [
      database,
      { active },
      fresh,
      clients,
      traffic,
      verdicts,
      attention,
      holdingBack,
      grants,
      events,
    ] = await Promise.all([
      databaseKind(),
      counted,
      countNewGrants(new Date(now - weekMs)),
      countClients(),
      readTraffic(person, range),
      verdictsSince(beginningOf(range, now)),
      counted.then(({ unused }) => readAttention(person, unused)),
      readHoldingBack(person),
      listGrants({}, { limit: recent.connections }),
      newestEvents({ exceptAgent: selfCheckAgent }, recent.events),
    ])
    const { origin, mcpUrl } = env()
    const { serverName } = settings()
    return {
      serverName,
      version,
      issuer: origin,
      mcpUrl,
      startedAt: startedAt(),
      database,
      connections: { active, new: fresh },
      clients,
      traffic,
      verdicts,
      attention,
      holdingBack,
      recentConnections: await toConnectionRows(person, grants),
      recentEvents: await toEventRows(person, events),
    }
  },
)
