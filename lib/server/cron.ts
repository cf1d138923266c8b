import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { openChannels } from '@/lib/alerts/channels'
import { sendDueAlerts } from '@/lib/alerts/sender'
import { env } from '@/lib/config/env'
import { isStale, newestProbe, probeInTurn } from '@/lib/doctor/facts'
import { endpoint, type Handler } from '@/lib/endpoints/endpoint'
import { json, noStore } from '@/lib/http/responses'
import { announceToolList } from '@/lib/mcp/announce'
import { constantTimeEqual } from '@/lib/oauth/secret'
import { countInTurn } from '@/lib/recorder/counter'
import { tellOfTrouble } from '@/lib/recorder/handshake-alerts'
import { joinInTurn } from '@/lib/recorder/joiner'
import { flushEvents, record } from '@/lib/recorder/recorder'
import { nextAlertAt } from '@/lib/store/handshakes/deliveries'
import { keepHouseInTurn } from './housekeeping'

/** A long log that is joined anew is joined over several visits. */
const mostTurns = 50
/** An alert that is due so soon is waited for: the next visit may be a minute or a day away. */
const waitsMs = 15_000
/** So long may a visit take, which is less than any platform gives it. */
const mostMs = 45_000

/** Sends what is due now and in a moment. @param until milliseconds since the epoch */
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
  await tellOfTrouble(Date.now())
  await sendAlerts(now + mostMs)
  await countInTurn(Date.now())
  await keepHouseInTurn(new Date())
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
  // a visit a minute is no news
  exchange.recorded += 1
  return json(await visit(Date.now()), 200, noStore)
}

/**
 * What timers do elsewhere, for platforms without any: verdicts that fall due, alerts, counts,
 * housekeeping, a look from outside.
 */
export const cron = endpoint('cron', { cors: false, methods: { GET: run } })
