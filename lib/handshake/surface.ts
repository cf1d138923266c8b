import { productByAgentName, productByIdentity, type Signs } from '@/lib/products/product'
import type { HandshakeEvent, Surface } from './handshake'
import { proven } from './identity'

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** What identifies the product of an event, besides its user agent. */
export const signsOf = ({ clientId, detail }: HandshakeEvent): Signs => ({
  clientId,
  clientName: text(detail.clientName),
  softwareId: text(detail.softwareId),
  redirectHost: text(detail.redirectHost),
  clientInfo: text(detail.clientInfo),
})

/** The product of a request by its user agent alone, or `null`. */
export const surfaceByAgent = ({ agent }: HandshakeEvent): Surface | null =>
  productByAgentName(agent)?.id ?? null

/**
 * Which product connects: by its user agents first, which it cannot leave out, then by its identity. A
 * product takes precedence over the library it uses.
 */
export function surfaceOf(events: readonly HandshakeEvent[]): Surface {
  const senders = events.flatMap(({ agent }) => productByAgentName(agent) ?? [])
  const sender = senders.find(({ isLibrary }) => !isLibrary)
  const product = sender ?? productByIdentity(...proven(events).map(signsOf)) ?? senders[0]
  return product?.id ?? 'unknown'
}
