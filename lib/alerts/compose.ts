import 'server-only'
import { env } from '@/lib/config/env'
import { alertText } from '@/lib/diagnosis/alert-text'
import { unattendedText } from '@/lib/diagnosis/unattended-text'
import { judge } from '@/lib/doctor/findings'
import { noiseOf } from '@/lib/handshake/noise'
import { unattendedSince } from '@/lib/store/handshakes/alerts'
import type { AlertType } from '@/lib/store/handshakes/deliveries'
import { findHandshake } from '@/lib/store/handshakes/handshakes'
import { currentSettings } from '@/lib/store/settings/current'
import { type Alert, summaryOf } from './message'

/** An alert, or why it is no longer to be sent. */
type Composed = { readonly alert: Alert } | { readonly withdrawn: string }

/** Composes the alert of a handshake in its present state, unless it has recovered. */
export async function composeAlert(handshakeId: string): Promise<Composed> {
  const now = Date.now()
  const found = await findHandshake(handshakeId, now)
  if (!found) return { withdrawn: 'it is gone' }
  const { handshake, listed } = found
  const { verdict } = handshake
  if (verdict.kind !== 'stalled' && verdict.kind !== 'failed') {
    return { withdrawn: noiseOf(handshake) ?? verdict.kind }
  }
  const { alike, findings } = await judge(handshake, now)
  const [finding] = findings
  const noise = noiseOf(handshake, finding?.rule ?? null)
  if (noise) return { withdrawn: noise }
  const page = { url: `${env().origin}/admin/handshakes/${handshake.id}`, alike }
  const type: AlertType = `handshake.${verdict.kind}`
  const text = alertText(handshake, finding, { ...page, serverName: currentSettings().serverName })
  const summary = summaryOf(handshake, finding, page)
  return { alert: { type, at: listed.verdictAt, handshake: summary, ...text } }
}

/** Composes one message about the unattended attempts that were held back since a time. */
export async function composeUnattended(since: Date): Promise<Composed> {
  const held = await unattendedSince(since)
  if (held.counts.length === 0) return { withdrawn: 'they went on, or a person went away' }
  const url = `${env().origin}/admin/handshakes`
  const text = unattendedText(held, { serverName: currentSettings().serverName, url })
  return { alert: { type: 'handshakes.unattended', at: since, handshake: null, ...text } }
}

/** Why a retry of an alert is to be withdrawn, or `null`. */
export async function withdrawalReason(handshakeId: string): Promise<string | null> {
  const found = await findHandshake(handshakeId, Date.now())
  return found ? noiseOf(found.handshake) : 'it is gone'
}
