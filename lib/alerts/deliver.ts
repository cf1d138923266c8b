import 'server-only'
import { record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import { stopping } from '@/lib/runtime/stopping'
import { type AlertDelivery, noteAttempt } from '@/lib/store/handshakes/deliveries'
import { type DeliveryAttempt, reasonOf } from './attempt'
import { sendThrough } from './channels'
import { composeAlert, composeUnattended, withdrawalReason } from './compose'
import { bodyFor } from './message'
import { retryIn } from './schedule'

type Ready = { readonly body: string } | { readonly withdrawn: string }

/** The body to send. It is composed once, so that every attempt sends the same. */
async function prepare(delivery: AlertDelivery): Promise<Ready> {
  const { id, channel, handshakeId, body, createdAt } = delivery
  if (body !== null) {
    const withdrawn = handshakeId === null ? null : await withdrawalReason(handshakeId)
    return withdrawn === null ? { body } : { withdrawn }
  }
  const composed =
    handshakeId === null ? await composeUnattended(createdAt) : await composeAlert(handshakeId)
  return 'alert' in composed ? { body: bodyFor(channel, id, composed.alert) } : composed
}

const detailOf = ({ channel, type, handshakeId, attempts }: AlertDelivery) => ({
  channel,
  type,
  handshake: handshakeId ?? undefined,
  attempt: attempts,
})

async function noteSuccess(
  exchange: Exchange,
  delivery: AlertDelivery,
  { outcome }: DeliveryAttempt,
) {
  const over = { state: 'sent', nextAt: null, endedAt: new Date(), outcome } as const
  await noteAttempt(delivery, over)
  record(exchange, 'alert.sent', undefined, detailOf(delivery))
}

async function noteFailure(
  exchange: Exchange,
  delivery: AlertDelivery,
  { outcome }: DeliveryAttempt,
) {
  // a test is not retried: the operator sees the result at once and can repeat it
  const wait = delivery.type === 'alert.test' ? null : retryIn(delivery.attempts)
  const now = Date.now()
  await noteAttempt(
    delivery,
    wait === null
      ? { state: 'failed', nextAt: null, endedAt: new Date(now), outcome }
      : { nextAt: new Date(now + wait), outcome },
  )
  const retry = wait === null ? {} : { retryIn: wait / 1000 }
  record(
    exchange,
    'alert.failed',
    undefined,
    { ...detailOf(delivery), reason: { kind: 'delivery-failed', outcome }, ...retry },
    'failed',
  )
}

async function send(delivery: AlertDelivery, body: string): Promise<DeliveryAttempt> {
  if (delivery.body === null) await noteAttempt(delivery, { body })
  return sendThrough(delivery.channel, delivery.id, body)
}

/**
 * Tries once to send an alert that this instance has claimed, and records the result.
 *
 * @param exchange of the recorded event
 */
export async function deliver(
  exchange: Exchange,
  delivery: AlertDelivery,
): Promise<DeliveryAttempt> {
  const made = await prepare(delivery).catch((error: unknown) => ({
    problem: `cannot be made: ${reasonOf(error)}`,
  }))
  if ('withdrawn' in made) {
    const outcome = made.withdrawn
    await noteAttempt(delivery, { state: 'withdrawn', nextAt: null, endedAt: new Date(), outcome })
    return { ok: false, outcome }
  }
  const attempt =
    'problem' in made ? { ok: false, outcome: made.problem } : await send(delivery, made.body)
  if (attempt.ok) await noteSuccess(exchange, delivery, attempt)
  else if (stopping.aborted) {
    // an interrupted attempt does not count: the next instance that starts makes it again
    await noteAttempt(delivery, { nextAt: new Date(), attempts: delivery.attempts - 1 })
  } else await noteFailure(exchange, delivery, attempt)
  return attempt
}
