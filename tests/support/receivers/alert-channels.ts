import { createHmac, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type SmtpSink, startSmtpSink } from './smtp-sink'
import { type Posted, receiveWebhooks, type WebhookReceiver } from './webhook-receiver'

/** A webhook and a mail server for alerts, and Portico's settings for them. */
export type AlertChannels = {
  readonly receiver: WebhookReceiver
  readonly sink: SmtpSink
  readonly env: Readonly<Record<string, string>>
  /** what must appear nowhere but in the settings */
  readonly secrets: readonly string[]
  /** the webhook's key, base64 */
  readonly key: string
  close(): Promise<void>
}

/** Starts both. */
export async function openAlertChannels(): Promise<AlertChannels> {
  const [token, password] = [randomBytes(18).toString('hex'), randomBytes(18).toString('hex')]
  const key = randomBytes(32).toString('base64')
  const [receiver, sink] = await Promise.all([receiveWebhooks(`/hook/${token}`), startSmtpSink()])
  return {
    receiver,
    sink,
    key,
    secrets: [token, password, key, Buffer.from(key, 'base64').toString('hex')],
    env: {
      PORTICO_ALERT_WEBHOOK_URL: receiver.url,
      PORTICO_ALERT_WEBHOOK_SECRET: `whsec_${key}`,
      PORTICO_ALERT_EMAIL: 'ops@example.com, night@example.com',
      PORTICO_SMTP_URL: `smtp://portico:${password}@${sink.host}`,
      PORTICO_SMTP_FROM: 'Portico <portico@example.com>',
    },
    close: async () => void (await Promise.all([receiver.close(), sink.close()])),
  }
}

/** The expected signature of a request (https://www.standardwebhooks.com). */
export function expectedSignature({ headers, body }: Posted, key: string): string {
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  const hmac = createHmac('sha256', Buffer.from(key, 'base64'))
  return `v1,${hmac.update(signed).digest('base64')}`
}

const polling = { times: 600, ms: 100 }

/** Waits until a condition holds. @throws {Error} on timeout */
export async function until(what: string, holds: () => boolean): Promise<void> {
  for (let time = 0; !holds(); time += 1) {
    if (time === polling.times) throw new Error(`timed out waiting for ${what}`)
    await sleep(polling.ms)
  }
}
