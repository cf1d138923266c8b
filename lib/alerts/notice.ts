import 'server-only'
import { gatherFacts } from '@/lib/doctor/facts'
import { noiseOf } from '@/lib/handshake/noise'
import { newId } from '@/lib/oauth/secret'
import { ownExchange } from '@/lib/recorder/exchange'
import { record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import { noteHeldBack } from '@/lib/store/events/held-back'
import type { TroubledHandshake } from '@/lib/store/handshakes/alerts'
import { queueAlerts, queueUnattended } from '@/lib/store/handshakes/deliveries'
import { findHandshake } from '@/lib/store/handshakes/handshakes'
import { openChannels } from './channels'
import { hourlyLimits, mostReviewed, repeatAfterMs, settlesMs, unattended } from './schedule'

const hourMs = 3600_000

/** The exchange of an automatic alert. It names no grant, so that it joins no handshake. */
export const alertExchange = (): Exchange => ownExchange('ALERT')

/** Queues an alert of a handshake for every channel, unless the handshake is noise. */
async function notice({ id, lane, verdict }: TroubledHandshake) {
  const now = Date.now()
  const found = await findHandshake(id, now)
  if (!found || noiseOf(found.handshake) !== null) return 'noise'
  const type = `handshake.${verdict.kind}` as const
  const deliveries = openChannels().map((channel) => ({ id: newId('msg_'), channel, type }))
  const { sent, made } = hourlyLimits[lane]
  const queued = await queueAlerts(
    { id, lane },
    deliveries,
    { createdAt: new Date(now), dueAt: new Date(now + settlesMs) },
    {
      alertedSince: new Date(now - repeatAfterMs),
      most: sent,
      maxMade: made,
      countedSince: new Date(now - hourMs),
    },
  )
  // renews a stale self-probe before the alert is composed
  if (queued === 'queued') await gatherFacts({ startedAt: now, failingAlike: 0 })
  return queued
}

function noteTooMany({ id, verdict, lane }: TroubledHandshake): void {
  const type = `handshake.${verdict.kind}`
  const reason = { kind: 'alerts-exhausted', most: hourlyLimits[lane].sent } as const
  record(alertExchange(), 'alert.failed', undefined, { type, handshake: id, reason }, 'failed')
}

/** @returns how many of them are left for the combined message */
async function noticeUnattended(handshakes: readonly TroubledHandshake[]): Promise<number> {
  for (const [place, handshake] of handshakes.slice(0, mostReviewed).entries()) {
    if ((await notice(handshake)) === 'too many') return handshakes.length - place
  }
  return Math.max(0, handshakes.length - mostReviewed)
}

/**
 * Queues alerts for handshakes of one lane: one each, but only for a few of those without a person.
 *
 * @param now when they were claimed, in milliseconds since the epoch
 */
export async function noticeTrouble(
  handshakes: readonly TroubledHandshake[],
  now: number,
): Promise<void> {
  if (handshakes[0]?.lane === 'person') {
    for (const handshake of handshakes) {
      if ((await notice(handshake)) === 'too many') noteTooMany(handshake)
    }
    return
  }
  const together = await noticeUnattended(handshakes)
  if (together === 0) return
  const deliveries = openChannels().map((channel) => ({ id: newId('msg_'), channel }))
  await queueUnattended(deliveries, new Date(now), unattended)
  await noteHeldBack('alerts', together, new Date(now))
}
