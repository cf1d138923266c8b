import type { AlertText } from '@/lib/diagnosis/alert-text'
import type { Finding } from '@/lib/diagnosis/finding'
import type { Handshake } from '@/lib/handshake/handshake'
import type { AlertChannel, AlertType } from '@/lib/store/handshakes/deliveries'
import { visible } from '@/lib/text'

/** The handshake data in an alert beside its text: no address, no person, no secret. */
export type HandshakeSummary = Pick<
  Handshake,
  'id' | 'retryOf' | 'verdict' | 'surface' | 'identification' | 'era' | 'clientId' | 'clientName'
> & {
  readonly url: string
  /** ISO 8601 */
  readonly startedAt: string
  /** how many others ended at the same step within the last hour */
  readonly alike: number
  readonly finding: Pick<Finding, 'rule' | 'confidence' | 'title' | 'fix'> | null
}

/** An alert before it is formatted for a channel. */
export type Alert = AlertText & {
  readonly type: AlertType
  readonly at: Date
  /** `null` for a test, and for a message about several */
  readonly handshake: HandshakeSummary | null
}

/** Summarises a handshake: only the first finding, and only the first step of its fix. */
export function summaryOf(
  handshake: Handshake,
  finding: Finding | undefined,
  { url, alike }: { readonly url: string; readonly alike: number },
): HandshakeSummary {
  const { id, retryOf, verdict, surface, identification, era, clientId, clientName } = handshake
  const { rule, confidence, title, fix } = finding ?? {}
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
    finding:
      rule && confidence && title ? { rule, confidence, title, fix: fix?.slice(0, 1) ?? [] } : null,
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
