import 'server-only'
import type { FindingRow } from '@/lib/admin/finding-row'
import { open } from '@/lib/auth/declared'
import { visitorExchange } from '@/lib/auth/exchange'
import { env } from '@/lib/config/env'
import { redactEvent, redactHandshake, redactValue, shortenId } from '@/lib/handshake/redact'
import { sentText } from '@/lib/http/sent'
import { hashSecret } from '@/lib/oauth/secret'
import { record } from '@/lib/recorder/recorder'
import { shareOfToken } from '@/lib/store/handshakes/shares'
import { currentSettings } from '@/lib/store/settings/current'
import { findingsOf, viewHandshake } from './view'
import type { HandshakeData } from './views'

/** A handshake as a share link shows it without an account. */
export type SharedHandshakeData = {
  readonly serverName: string
  readonly mcpUrl: string
  /** when the link expires */
  readonly expiresAt: Date
  readonly view: HandshakeData
  readonly findings: readonly FindingRow[]
}

/** Removes everything that identifies people, and the references to other attempts. */
function redactView(view: HandshakeData): HandshakeData {
  const handshake = redactHandshake(view.handshake)
  const { clientId, interactionId, grantId } = handshake
  const ids = { clientId, interactionId, grantId, userId: null, userEmail: null, retryOf: null }
  return {
    ...view,
    row: { ...view.row, ...ids, id: shortenId(view.row.id) },
    events: view.events.map(redactEvent),
    handshake,
    retriedBy: null,
    lastGood: null,
  }
}

/** The handshake of a share link, or `null` when the link is expired, withdrawn or unknown. */
export const readSharedHandshake = open(
  { proof: 'the token of the link', takes: [sentText] },
  async (stranger, token): Promise<SharedHandshakeData | null> => {
    const isToken = /^psh_[\w-]{43}$/.test(token)
    const share = isToken ? await shareOfToken(hashSecret(token), new Date()) : null
    const view = share && (await viewHandshake(stranger, share.handshakeId))
    if (!view) {
      const exchange = await visitorExchange('GET', '/shared')
      record(exchange, 'share.refused', 404, { reason: { kind: 'share-gone' } })
      return null
    }
    const { mcpUrl } = env()
    const { serverName } = currentSettings()
    const findings = await findingsOf(stranger, view.handshake, Date.parse(view.now))
    return {
      serverName,
      mcpUrl,
      expiresAt: share.expiresAt,
      view: redactView(view),
      findings: redactValue(findings) as FindingRow[],
    }
  },
)
