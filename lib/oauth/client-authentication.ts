import { OAuthError } from './errors'
import type { Parameters } from './parameters'
import { constantTimeEqual, hashSecret } from './secret'

/** How a client presented itself (OAuth 2.1 §2.4). */
export type ClientCredentials = {
  readonly clientId: string
  readonly secret: string | null
  readonly via: 'none' | 'client_secret_post' | 'client_secret_basic'
}

/** What the server knows of the client. */
export type KnownClient = {
  readonly id: string
  readonly authMethod: string
  readonly secretHash: string | null
  readonly disabledAt: Date | null
}

const invalidClient = (detail: string): OAuthError =>
  new OAuthError('invalid_client', 'client authentication failed', detail)

function decodeBasic(header: string): { id: string; secret: string } | null {
  const match = /^basic +([A-Za-z0-9+/=_-]+)$/i.exec(header)
  if (!match?.[1]) return null
  const decoded = Buffer.from(match[1], 'base64').toString('utf8')
  const colon = decoded.indexOf(':')
  return colon < 0 ? null : { id: decoded.slice(0, colon), secret: decoded.slice(colon + 1) }
}

/** RFC 6749 §2.3.1 wants both parts form-encoded; much software sends them raw. */
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
 * @throws {OAuthError} `invalid_request` for two methods, `invalid_client` for none that can be read
 */
export function readClientCredentials(
  authorization: string | null,
  parameters: Parameters,
): ClientCredentials {
  const { client_id: clientId, client_secret: secret } = parameters
  if (authorization !== null) {
    const basic = decodeBasic(authorization)
    if (!basic) throw invalidClient('the Authorization header cannot be read')
    if (secret)
      throw new OAuthError('invalid_request', 'more than one client authentication method')
    const id = formDecoded(basic.id)
    // RFC 6749 appendix A.1; a NUL would be refused by the database only
    if (!/^[ -~]+$/.test(id)) throw invalidClient('the client id in the header is not printable')
    if (clientId && clientId !== id) {
      throw new OAuthError('invalid_request', '"client_id" differs from the Authorization header')
    }
    return { clientId: id, secret: basic.secret, via: 'client_secret_basic' }
  }
  if (!clientId) throw invalidClient('missing "client_id"')
  return secret
    ? { clientId, secret, via: 'client_secret_post' }
    : { clientId, secret: null, via: 'none' }
}

/**
 * Whether the credentials are this client's. A client with a secret may send it in either place:
 * several register one way and authenticate the other.
 *
 * @throws {OAuthError} `invalid_client`, also for an unknown client, so that it registers anew
 */
export function authenticateClient<Client extends KnownClient>(
  client: Client | null,
  { secret, via }: ClientCredentials,
): Client {
  if (!client) throw invalidClient('unknown client')
  if (client.disabledAt) throw invalidClient('client disabled')
  if (client.authMethod === 'none') return client
  // CIMD §8.2: a client that declares keys must use them
  if (client.authMethod === 'private_key_jwt') throw invalidClient('missing client assertion')
  if (!secret) throw invalidClient('missing client secret')
  if (!client.secretHash) throw invalidClient('client has no secret')
  const candidates = via === 'client_secret_basic' ? [secret, formDecoded(secret)] : [secret]
  const stored = client.secretHash
  if (!candidates.some((candidate) => constantTimeEqual(hashSecret(candidate), stored))) {
    throw invalidClient('wrong client secret')
  }
  return client
}
