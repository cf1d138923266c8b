import 'server-only'
import { toConnectionRows } from '@/lib/admin/connections/rows'
import { toEventRows } from '@/lib/admin/log/rows'
import { addressOf } from '@/lib/admin/paging'
import { query } from '@/lib/auth/declared'
import { env } from '@/lib/config/env'
import { selfCheckAgent } from '@/lib/events/agent'
import { joinNow } from '@/lib/recorder/joiner'
import { startedAt, version } from '@/lib/runtime/version'
import { countClients } from '@/lib/store/clients/clients'
import { databaseKind } from '@/lib/store/database/database'
import { newestEvents } from '@/lib/store/events/events'
import { readHeldBack } from '@/lib/store/events/held-back'
import { countGrants, listGrants } from '@/lib/store/grants/list'
import { countNewGrants, countVerdicts, maxCounted } from '@/lib/store/handshakes/counts'
import { currentSettings } from '@/lib/store/settings/current'
import { readAttention } from './attention'
import { type OverviewRange, readTraffic, startOf } from './traffic'

const weekMs = 7 * 86_400_000
const recent = { connections: 5, events: 12 }

/** The range of the charts, from the URL. */
const toRange = (range: string | undefined): OverviewRange => (range === '7d' ? '7d' : '24h')

/** Attempts since a time by verdict; `capped` if there are more than were counted. */
async function verdictsSince(since: Date) {
  const byVerdict = await countVerdicts(since)
  const all = Object.values(byVerdict).reduce((sum, count) => sum + count, 0)
  return { byVerdict, capped: all >= maxCounted }
}

/** The data of the dashboard's first page. @param query from the URL */
export const readOverview = query(
  { role: 'viewer', path: addressOf('/admin') },
  async (person, query: { readonly range?: string }) => {
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
      verdictsSince(startOf(range, now)),
      counted.then(({ unused }) => readAttention(person, unused)),
      readHeldBack(),
      listGrants({}, { limit: recent.connections }),
      newestEvents({ exceptAgent: selfCheckAgent }, recent.events),
    ])
    return {
      serverName: currentSettings().serverName,
      version,
      mcpUrl: env().mcpUrl,
      startedAt: startedAt(),
      database,
      /** `new` in the last seven days */
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

export type Overview = Awaited<ReturnType<typeof readOverview>>
