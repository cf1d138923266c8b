import 'server-only'
import { env } from '@/lib/config/env'
import type { AlertText } from '@/lib/diagnosis/alert-text'
import { stopping } from '@/lib/runtime/stopping'
import { type AlertChannel, alertChannels } from '@/lib/store/handshakes/deliveries'
import type { DeliveryAttempt } from './attempt'
import { sendEmail } from './email'
import { attemptMs } from './schedule'
import { postWebhook } from './webhook'

/** The channels that this instance can send through. */
export function openChannels(): AlertChannel[] {
  const { alerts } = env()
  return alertChannels.filter((channel) => alerts[channel] !== null)
}

const notSet: DeliveryAttempt = { ok: false, outcome: 'is not set up on this instance' }

/** Tries once to send a body through a channel. It never throws, and ends when the server stops. */
export async function sendThrough(
  channel: AlertChannel,
  id: string,
  body: string,
): Promise<DeliveryAttempt> {
  const { webhook, email } = env().alerts
  const signal = AbortSignal.any([AbortSignal.timeout(attemptMs), stopping])
  if (channel === 'webhook') return webhook ? postWebhook(webhook, id, body, signal) : notSet
  return email ? sendEmail(email, id, JSON.parse(body) as AlertText, signal) : notSet
}
