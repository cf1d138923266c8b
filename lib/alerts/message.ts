import type { AlertText } from '@/lib/diagnosis/alert-text'
import type { Finding } from '@/lib/diagnosis/finding'
import type { Handshake } from '@/lib/handshake/handshake'
import type { AlertChannel, AlertType } from '@/lib/store/handshakes/deliveries'
import { visible } from '@/lib/text'

/** An alert before it is formatted for a channel. */
export type Alert = AlertText & {
  readonly type: AlertType
  readonly at: Date
  /** `null` for a test, and for a message about several */
  readonly handshake: ReturnType<typeof summaryOf> | null
}

/**
 * The handshake data in an alert beside its text: no address, no person, no secret. Only the first finding
 * counts, and only the first step of its fix.
 *
 * @param context its page, and how many others ended at the same step within the last hour
 */
export function summaryOf(
  handshake: Handshake,
  finding: Finding | undefined,
  { url, alike }: { readonly url: string; readonly alike: number },
) {
  const { id, retryOf, verdict, surface, identification, era, clientId, clientName } = handshake
  return {
    id,
    url,
    retryOf,
    verdict,
    surface,
    identification,
    era,
    clientId: clientId === null ? null : visible(clientId, 500),
    clientName: clientName === null ? null : visible(clientName, 100),
    startedAt: new Date(handshake.startedAt).toISOString(),
    alike,
    finding: finding
      ? {
          rule: finding.rule,
          confidence: finding.confidence,
          title: finding.title,
          fix: finding.fix.slice(0, 1),
        }
      : null,
  }
}

/** Slack parses `text` as its own markup, in which three characters are special. */
const forSlack = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** The text that a channel stores and sends: the webhook body as signed, or an e-mail. */
export function bodyFor(channel: AlertChannel, id: string, alert: Alert): string {
  const { type, at, handshake, subject, text } = alert
  if (channel === 'email') return JSON.stringify({ subject, text } satisfies AlertText)
  return JSON.stringify({ type, id, at: at.toISOString(), handshake, text: forSlack(text) })
}
