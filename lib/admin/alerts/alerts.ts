import 'server-only'
import { done, refused } from '@/lib/admin/outcome'
import { openChannels } from '@/lib/alerts/channels'
import { sendTestAlert } from '@/lib/alerts/test-alert'
import { command, query } from '@/lib/auth/declared'
import { personExchange } from '@/lib/auth/exchange'
import { env } from '@/lib/config/env'
import { sentText } from '@/lib/http/sent'
import {
  type AlertChannel,
  alertChannels,
  newestDeliveries,
} from '@/lib/store/handshakes/deliveries'

const path = '/admin/alerts'
const shown = 50

/** The variables of a channel, starting with the one for its target. */
const variables: Record<AlertChannel, readonly string[]> = {
  webhook: ['PORTICO_ALERT_WEBHOOK_URL', 'PORTICO_ALERT_WEBHOOK_SECRET'],
  email: ['PORTICO_ALERT_EMAIL', 'PORTICO_SMTP_URL', 'PORTICO_SMTP_FROM'],
}

/** The target of a channel. Only the host of a webhook: the rest of its URL may be a secret. */
function targetOf(channel: AlertChannel): string | null {
  const { webhook, email } = env().alerts
  if (channel === 'webhook') return webhook && new URL(webhook.url).host
  return email?.to.join(', ') ?? null
}

const toChannelRow = (channel: AlertChannel) => ({
  channel,
  /** the host of a webhook, or the recipients; `null` when not configured */
  target: targetOf(channel),
  /** the mail server */
  server: channel === 'email' ? (env().alerts.email?.server.host ?? null) : null,
  /** the variables that configure it */
  variables: variables[channel],
})

/** A channel for alerts. */
export type AlertChannelRow = Readonly<ReturnType<typeof toChannelRow>>

/** What the page of alerts shows. */
export type AlertsData = Awaited<ReturnType<typeof readAlerts>>

/** An alert that was sent or is queued. */
export type AlertDeliveryRow = AlertsData['deliveries'][number]

/** The channels, and the state of the newest alerts. */
export const readAlerts = query({ role: 'viewer', path }, async () => {
  const deliveries = (await newestDeliveries(shown)).map(({ body: _, ...row }) => row)
  return { channels: alertChannels.map(toChannelRow), deliveries }
})

/** Sends a test through a channel and waits for the result. */
export const testChannel = command(
  { role: 'operator', path, takes: [sentText] },
  async (operator, channel) => {
    const open = openChannels().find((known) => known === channel)
    if (!open) return refused('The test failed: this channel is not set')
    const exchange = await personExchange(operator)
    const { ok, outcome } = await sendTestAlert(open, operator.id, exchange)
    return ok ? done(`The test went out: ${outcome}`) : refused(`The test failed: ${outcome}`)
  },
)
