import 'server-only'
import type { FindingRow } from '@/lib/admin/views'
import { open } from '@/lib/auth/declared'
import { visitorExchange } from '@/lib/auth/exchange'
import { env } from '@/lib/config/env'
import { redactEvent, redactHandshake, redactValue, shortenId } from '@/lib/handshake/redact'
import { text } from '@/lib/http/sent'
import { hashSecret } from '@/lib/oauth/secret'
import { record } from '@/lib/recorder/recorder'
import { shareOfToken } from '@/lib/store/handshakes/shares'
import { settings } from '@/lib/store/settings/current'
import { findingsOf } from './findings'
import { viewHandshake } from './view'
import type { HandshakeView } from './views'

/** A handshake as a link shows it to somebody without an account. */
export type SharedHandshake = {
  readonly serverName: string
  readonly mcpUrl: string
  /** until when the link can be opened */
  readonly expiresAt: Date
  readonly view: HandshakeView
  readonly findings: readonly FindingRow[]
}

/** A view without what tells who it was; other attempts are not part of what is shared. */
function redactView(view: HandshakeView): HandshakeView {
  const handshake = redactHandshake(view.handshake)
  const { clientId, interactionId, grantId } = handshake
  const told = { clientId, interactionId, grantId, userId: null, userEmail: null, retryOf: null }
  return {
    ...view,
    row: { ...view.row, ...told, id: shortenId(view.row.id) },
    events: view.events.map(redactEvent),
    handshake,
    retriedBy: null,
    lastGood: null,
  }
}

/** What a share link shows, or `null` when it has expired, was withdrawn, or never was. */
export const readSharedHandshake = open(
  { proof: 'the token of the link', takes: [text] },
  async (stranger, token): Promise<SharedHandshake | null> => {
    const isToken = /^psh_[\w-]{43}$/.test(token)
    const share = isToken ? await shareOfToken(hashSecret(token), new Date()) : null
    const view = share && (await viewHandshake(stranger, share.handshakeId))
    if (!view) {
      const exchange = await visitorExchange('GET', '/shared')
      record(exchange, 'share.refused', 404, { reason: { kind: 'share-gone' } })
      return null
    }
    const { mcpUrl } = env()
    const { serverName } = settings()
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
