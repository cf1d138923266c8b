import 'server-only'
import { env } from '@/lib/config/env'
import { alertText } from '@/lib/diagnosis/alert-text'
import { unattendedText } from '@/lib/diagnosis/unattended-text'
import { judge } from '@/lib/doctor/findings'
import type { Handshake } from '@/lib/handshake/handshake'
import { noiseOf } from '@/lib/handshake/noise'
import { unattendedSince } from '@/lib/store/handshakes/alerts'
import type { AlertType } from '@/lib/store/handshakes/deliveries'
import { findHandshake } from '@/lib/store/handshakes/handshakes'
import { settings } from '@/lib/store/settings/current'
import { type Alert, summaryOf } from './message'

/** An alert, or why it is no longer to be sent. */
export type Composed = { readonly alert: Alert } | { readonly withdrawn: string }

/** The page that an alert links to. */
const pageOf = (id: string): string => `${env().origin}/admin/handshakes/${id}`

async function compose(handshake: Handshake, since: Date, now: number): Promise<Composed> {
  const { verdict } = handshake
  if (verdict.kind !== 'stalled' && verdict.kind !== 'failed') {
    return { withdrawn: noiseOf(handshake) ?? verdict.kind }
  }
  const {
    alike,
    findings: [finding],
  } = await judge(handshake, now)
  const noise = noiseOf(handshake, finding?.rule ?? null)
  if (noise) return { withdrawn: noise }
  const page = { url: pageOf(handshake.id), alike }
  const type: AlertType = `handshake.${verdict.kind}`
  const text = alertText(handshake, finding, { ...page, serverName: settings().serverName })
  return { alert: { type, at: since, handshake: summaryOf(handshake, finding, page), ...text } }
}

/** Composes the alert of a handshake in its present state, unless it has recovered. */
export async function composeAlert(handshakeId: string): Promise<Composed> {
  const now = Date.now()
  const found = await findHandshake(handshakeId, now)
  if (!found) return { withdrawn: 'it is gone' }
  return compose(found.handshake, found.listed.verdictAt, now)
}

/** Composes one message about the unattended attempts that were held back since a time. */
export async function composeUnattended(since: Date): Promise<Composed> {
  const held = await unattendedSince(since)
  if (held.counts.length === 0) return { withdrawn: 'they went on, or a person went away' }
  const url = `${env().origin}/admin/handshakes`
  const text = unattendedText(held, { serverName: settings().serverName, url })
  return { alert: { type: 'handshakes.unattended', at: since, handshake: null, ...text } }
}

/** Why a retry of an alert is to be withdrawn, or `null`. */
export async function withdrawalReason(handshakeId: string): Promise<string | null> {
  const found = await findHandshake(handshakeId, Date.now())
  return found ? noiseOf(found.handshake) : 'it is gone'
}
