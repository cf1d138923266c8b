import type { Era, HandshakeEvent, Identification } from './handshake'

/** The last value of a member among the events. */
export function lastOf<Key extends 'clientId' | 'userId' | 'interactionId' | 'grantId'>(
  events: readonly HandshakeEvent[],
  key: Key,
): string | null {
  return events.findLast((event) => event[key] !== null)?.[key] ?? null
}

/** The name a client gave itself. */
export function clientNameOf(events: readonly HandshakeEvent[]): string | null {
  const named = events.findLast(({ detail }) => typeof detail.clientName === 'string')
  return named ? String(named.detail.clientName) : null
}

/**
 * The events that identify the client: all but refused requests at the token endpoint, where the client has
 * proven nothing and could name anyone.
 */
export const proven = (events: readonly HandshakeEvent[]): HandshakeEvent[] =>
  events.filter(({ name, grantId }) => name !== 'token.refused' || grantId !== null)

/** A client id that is the URL of a metadata document (CIMD §3). */
const isDocumentUrl = (clientId: string | null): boolean =>
  clientId?.startsWith('https://') === true

/**
 * How the client identified itself.
 *
 * @param known how this client was identified before, when this attempt does not show it
 */
export function identificationOf(
  events: readonly HandshakeEvent[],
  known: Identification | null,
): Identification | null {
  const clientId = lastOf(proven(events), 'clientId')
  if (isDocumentUrl(clientId)) return 'metadata-document'
  const registers = events.some(
    ({ name }) => name === 'client.registered' || name === 'client.refused',
  )
  if (registers) return 'dynamic'
  return clientId === null ? null : known
}

/**
 * The protocol era of its MCP requests. Hosted Claude sends `server/discover` first and may continue in the
 * older era, so the request that lists the tools decides, then the one that opened a session.
 */
export function eraOf(events: readonly HandshakeEvent[]): Era | null {
  const spoken = events.filter(
    ({ detail }) => detail.era === 'stateless' || detail.era === 'session',
  )
  const telling =
    spoken.find(({ name }) => name === 'mcp.listed') ??
    spoken.find(({ name }) => name === 'mcp.initialized') ??
    spoken[0]
  return telling ? (telling.detail.era as Era) : null
}
