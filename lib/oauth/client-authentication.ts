import type { PlainReasonKind } from '@/lib/reasons'
import { invalidRequest, OAuthError } from './errors'
import type { Parameters } from './parameters'
import { constantTimeEqual, hashSecret } from './secret'

/** How a client authenticates (OAuth 2.1 §2.4). */
export type ClientCredentials = {
  readonly clientId: string
  readonly secret: string | null
  readonly via: 'none' | 'client_secret_post' | 'client_secret_basic'
}

/** What the server knows of the client. */
export type StoredClientAuthentication = {
  readonly id: string
  readonly authMethod: string
  readonly secretHash: string | null
  readonly disabledAt: Date | null
}

const invalidClient = (kind: PlainReasonKind): OAuthError =>
  new OAuthError('invalid_client', { kind }, { wire: 'client' })

function decodeBasic(header: string): { id: string; secret: string } | null {
  const match = /^basic +([A-Za-z0-9+/=_-]+)$/i.exec(header)
  if (!match?.[1]) return null
  const decoded = Buffer.from(match[1], 'base64').toString('utf8')
  const colon = decoded.indexOf(':')
  return colon < 0 ? null : { id: decoded.slice(0, colon), secret: decoded.slice(colon + 1) }
}

/** RFC 6749 §2.3.1 requires form encoding of both parts; much software sends them raw. */
export function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

/**
 * Reads how the client authenticates: exactly one method (OAuth 2.1 §2.4).
 *
 * @throws {OAuthError} `invalid_request` for two methods, `invalid_client` for none that is readable
 */
export function readClientCredentials(
  authorization: string | null,
  parameters: Parameters,
): ClientCredentials {
  const { client_id: clientId, client_secret: secret } = parameters
  if (authorization !== null) {
    const basic = decodeBasic(authorization)
    if (!basic) throw invalidClient('client-header-unreadable')
    if (secret) throw invalidRequest({ kind: 'client-authentication-repeated' })
    const id = formDecoded(basic.id)
    // RFC 6749 appendix A.1; a NUL would not be refused before the database
    if (!/^[ -~]+$/.test(id)) throw invalidClient('client-id-unprintable')
    if (clientId && clientId !== id) throw invalidRequest({ kind: 'client-id-differs' })
    return { clientId: id, secret: basic.secret, via: 'client_secret_basic' }
  }
  if (!clientId) throw invalidClient('client-id-missing')
  return secret
    ? { clientId, secret, via: 'client_secret_post' }
    : { clientId, secret: null, via: 'none' }
}

/**
 * Checks the client's credentials. A client with a secret may send it in either place: several
 * register one way and authenticate the other.
 *
 * @throws {OAuthError} `invalid_client`, also for an unknown client, so that it registers again
 */
export function authenticateClient<Client extends StoredClientAuthentication>(
  client: Client | null,
  { secret, via }: ClientCredentials,
): Client {
  if (!client) throw invalidClient('client-unknown')
  if (client.disabledAt) throw invalidClient('client-disabled')
  if (client.authMethod === 'none') return client
  // CIMD §8.2: a client that declares keys must use them
  if (client.authMethod === 'private_key_jwt') throw invalidClient('assertion-missing')
  if (!secret) throw invalidClient('client-secret-missing')
  if (!client.secretHash) throw invalidClient('client-without-secret')
  const candidates = via === 'client_secret_basic' ? [secret, formDecoded(secret)] : [secret]
  const stored = client.secretHash
  if (!candidates.some((candidate) => constantTimeEqual(hashSecret(candidate), stored))) {
    throw invalidClient('client-secret-wrong')
  }
  return client
}
