import type { Era, HandshakeEvent, Identification } from './handshake'

/** The last value that a member of the events has. */
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
 * What tells of the client: all but refused requests at the token endpoint, whose client has proven
 * nothing. Anybody can name anybody there.
 */
export const proven = (events: readonly HandshakeEvent[]): HandshakeEvent[] =>
  events.filter(({ name, grantId }) => name !== 'token.refused' || grantId !== null)

/** A client id that is the URL of a metadata document (CIMD §3). */
const isDocumentUrl = (clientId: string | null): boolean =>
  clientId?.startsWith('https://') === true

/**
 * How the client said who it is.
 *
 * @param known how this client came to be known before, where this attempt does not tell
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
 * The protocol era of its MCP requests. Hosted Claude asks `server/discover` first and may go on in
 * the older era, so what lists the tools decides, then what opened a session.
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
