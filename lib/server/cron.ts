import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { openChannels } from '@/lib/alerts/channels'
import { sendDueAlerts } from '@/lib/alerts/sender'
import { env } from '@/lib/config/env'
import { isStale, newestProbe, probeInTurn } from '@/lib/doctor/facts'
import { endpoint, type Handler } from '@/lib/endpoints/endpoint'
import { json, noStore } from '@/lib/http/responses'
import { announceToolList } from '@/lib/mcp/bus'
import { constantTimeEqual } from '@/lib/oauth/secret'
import { countInTurn } from '@/lib/recorder/counter'
import { reportTrouble } from '@/lib/recorder/handshake-alerts'
import { joinInTurn } from '@/lib/recorder/joiner'
import { flushEvents } from '@/lib/recorder/queue'
import { record } from '@/lib/recorder/recorder'
import { nextAlertAt } from '@/lib/store/handshakes/deliveries'
import { housekeepInTurn } from './housekeeping'

/** Rejoining a long log takes several visits. */
const mostTurns = 50
/** Alerts due within this time are waited for: the next visit may be a minute or a day away. */
const waitsMs = 15_000
/** The longest a visit takes, less than any platform's limit. */
const mostMs = 45_000

/** Sends alerts that are due now or soon. @param until milliseconds since the epoch */
async function sendAlerts(until: number): Promise<void> {
  const channels = openChannels()
  for (;;) {
    await sendDueAlerts()
    const next = channels.length > 0 ? await nextAlertAt(channels) : null
    const wait = next === null ? null : next.getTime() - Date.now()
    if (wait === null || wait > waitsMs || Date.now() + wait > until) return
    await sleep(Math.max(wait, 50))
  }
}

async function visit(now: number): Promise<{ readonly more: boolean }> {
  const more = await joinInTurn(mostTurns)
  if (isStale(await newestProbe(), now)) await probeInTurn()
  await reportTrouble(Date.now())
  await sendAlerts(now + mostMs)
  await countInTurn(Date.now())
  await housekeepInTurn(new Date())
  await announceToolList()
  await flushEvents()
  return { more }
}

const isScheduler = (request: Request, secret: string): boolean =>
  constantTimeEqual(request.headers.get('authorization') ?? '', `Bearer ${secret}`)

const run: Handler = async (request, exchange) => {
  const { cronSecret } = env()
  if (cronSecret === null) {
    record(exchange, 'path.missed', 404, { hint: 'CRON_SECRET is not set' })
    return json({ error: 'not_found', error_description: 'CRON_SECRET is not set' }, 404)
  }
  if (!isScheduler(request, cronSecret)) {
    record(exchange, 'exchange.answered', 401, { endpoint: 'cron' })
    const headers = { ...noStore, 'WWW-Authenticate': 'Bearer' }
    return json({ error: 'unauthorized', error_description: 'CRON_SECRET is needed' }, 401, headers)
  }
  // counts as recorded, so that a visit each minute adds no event
  exchange.recorded += 1
  return json(await visit(Date.now()), 200, noStore)
}

/**
 * Does the work of timers on platforms that have none: due verdicts, alerts, counts, housekeeping and
 * the self-probe.
 */
export const cron = endpoint('cron', { cors: false, methods: { GET: run } })
