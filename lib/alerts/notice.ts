import 'server-only'
import { record } from '@/lib/events/recorder'
import { gatherFacts } from '@/lib/facts'
import { noiseOf } from '@/lib/handshake/noise'
import { newId } from '@/lib/oauth/secret'
import { queueAlerts } from '@/lib/store/alert-deliveries'
import type { TroubledHandshake } from '@/lib/store/handshake-alerts'
import { findHandshake } from '@/lib/store/handshakes'
import { openChannels } from './channels'
import { alertExchange } from './exchange'
import { mostAnHour, settlesMs, toldOnceMs } from './schedule'

const hourMs = 3600_000

/** Puts an alert of a handshake on its way through every channel, unless it is noise. */
export async function noticeTrouble({ id, verdict }: TroubledHandshake): Promise<void> {
  const now = Date.now()
  const found = await findHandshake(id, now)
  if (!found || noiseOf(found.handshake) !== null) return
  const type = `handshake.${verdict.kind}` as const
  const deliveries = openChannels().map((channel) => ({ id: newId('msg_'), channel, type }))
  const queued = await queueAlerts(
    id,
    deliveries,
    { createdAt: new Date(now), dueAt: new Date(now + settlesMs) },
    {
      toldSince: new Date(now - toldOnceMs),
      most: mostAnHour,
      countedSince: new Date(now - hourMs),
    },
  )
  // an old look from outside is renewed by the time that the alert is composed
  if (queued === 'queued') await gatherFacts({ startedAt: now, failingAlike: 0 })
  if (queued === 'too many') {
    const reason = `${mostAnHour} handshakes were told of within the last hour`
    record(alertExchange(), 'alert.failed', undefined, { type, handshake: id, reason }, 'failed')
  }
}
