import { type KeyProblem, type Reason, type UriProblem, uriProblemWords } from '@/lib/reasons'
import { type AuthMethod, capabilities, isAuthMethod } from './capabilities'
import { OAuthError } from './errors'
import { redirectUriProblem } from './redirect-uri'
import { longestName, shownText } from './shown-text'

/** Real registrations are under two kilobytes; a key set of a few keys is under five. */
const largestClient = 8 * 1024

/**
 * Refuses a client that takes more space than any client needs: anyone may register, and registrations
 * are kept (RFC 7591 §5, CIMD §8.7).
 *
 * @param stored everything that is stored of the client
 * @throws {OAuthError} `invalid_client_metadata` (RFC 7591 §3.2.2)
 */
function checkStoredSize(stored: unknown): void {
  const bytes = new TextEncoder().encode(JSON.stringify(stored)).byteLength
  if (bytes <= largestClient) return
  throw new OAuthError('invalid_client_metadata', {
    kind: 'metadata-too-large',
    bytes,
    most: largestClient,
  })
}

/** Checked registration of a client (RFC 7591 §2), without unknown members. */
export type ClientMetadata = {
  readonly name: string
  readonly redirectUris: readonly string[]
  readonly authMethod: AuthMethod
  readonly grantTypes: readonly string[]
  /** members that the answer repeats unchanged */
  readonly echoed: Readonly<Record<string, string>>
  /** keys of a client that signs assertions, or where to fetch them; at most one of the two */
  readonly jwks: Readonly<Record<string, unknown>> | null
  readonly jwksUri: string | null
  /** redirect URIs that were dropped, and why */
  readonly ignored: readonly string[]
}

const mostRedirectUris = 32
const echoedMembers = ['client_uri', 'software_id', 'software_version', 'application_type'] as const

const invalid = (reason: Reason): OAuthError => new OAuthError('invalid_client_metadata', reason)

const invalidUri = (reason: Reason): OAuthError => new OAuthError('invalid_redirect_uri', reason)

/** Whether a text can be the address of a client's website: http(s), without user information. */
const isWebAddress = (text: string): boolean =>
  /^https?:\/\/[a-z0-9.:[\]-]+(?:[/?#][!#-;=?-[\]_a-z~]*)?$/i.test(text) && URL.canParse(text)

function optionalText(body: Record<string, unknown>, member: string, longest: number) {
  const value = body[member]
  if (value === undefined || value === null || value === '') return null
  if (typeof value !== 'string') throw invalid({ kind: 'member-not-string', member })
  return shownText(value, longest) || null
}

const optionalList = (body: Record<string, unknown>, member: string): string[] | null => {
  const value = body[member]
  if (value === undefined || value === null) return null
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) {
    throw invalid({ kind: 'member-not-list', member })
  }
  return value
}

function readRedirectUris(body: Record<string, unknown>): { usable: string[]; ignored: string[] } {
  const { redirect_uris: uris } = body
  if (!Array.isArray(uris) || uris.length === 0) {
    throw invalidUri({ kind: 'redirect-uris-missing' })
  }
  if (uris.length > mostRedirectUris) {
    throw invalidUri({ kind: 'redirect-uris-too-many', most: mostRedirectUris })
  }
  const usable: string[] = []
  const unusable: { uri: string; problem: UriProblem }[] = []
  for (const uri of new Set<unknown>(uris)) {
    const isText = typeof uri === 'string'
    const problem = isText ? redirectUriProblem(uri) : ({ kind: 'not-string' } as const)
    if (isText && problem === null) usable.push(uri)
    else if (problem) unusable.push({ uri: isText ? uri.slice(0, 100) : typeof uri, problem })
  }
  // one unusable URI must not fail the others: Cursor sends three of different kinds
  const [first] = unusable
  if (usable.length === 0 && first) throw invalidUri({ kind: 'redirect-uris-unusable', ...first })
  const ignored = unusable.map(({ uri, problem }) => `${uri} ${uriProblemWords(problem)}`)
  return { usable, ignored }
}

/**
 * RFC 7591 §2: the default is `client_secret_basic`. An unsupported method is an error: replacing it
 * would give the client credentials it cannot use.
 */
function readAuthMethod(body: Record<string, unknown>): AuthMethod {
  const method = optionalText(body, 'token_endpoint_auth_method', 100)
  if (method === null) return 'client_secret_basic'
  if (isAuthMethod(method)) return method
  throw invalid({ kind: 'auth-method-unsupported', supported: capabilities.authMethods })
}

/** RFC 7591 §2: members to echo; an address only if a browser may be sent there. */
function readEchoed(members: Record<string, unknown>): Record<string, string> {
  const echoed: Record<string, string> = {}
  for (const member of echoedMembers) {
    const value = optionalText(members, member, 500)
    if (value !== null && (member !== 'client_uri' || isWebAddress(value))) echoed[member] = value
  }
  return echoed
}

const unusableKeys = (problem: KeyProblem): OAuthError =>
  invalid({ kind: 'keys-unusable', problem })

/** RFC 7591 §2: not both `jwks` and `jwks_uri`; a client that signs needs one of them. */
function readKeys(body: Record<string, unknown>, authMethod: AuthMethod) {
  const jwksUri = optionalText(body, 'jwks_uri', 2048)
  const jwks = (body.jwks ?? null) as Record<string, unknown> | null
  if (jwks !== null && !Array.isArray(Object(jwks).keys)) throw unusableKeys('not-key-set')
  if (jwks && jwksUri) throw unusableKeys('both')
  if (jwksUri && !(jwksUri.startsWith('https://') && isWebAddress(jwksUri))) {
    throw unusableKeys('uri')
  }
  // RFC 7517 §4: only public keys are stored, never a private one sent by mistake
  if (jwks && (jwks.keys as unknown[]).some((key) => Object(key).d || Object(key).k)) {
    throw unusableKeys('private')
  }
  // stored as received, and PostgreSQL accepts neither NUL nor half a surrogate pair
  if (jwks && /\\u(0000|d[89a-f])/.test(JSON.stringify(jwks))) {
    throw unusableKeys('characters')
  }
  if (authMethod !== 'private_key_jwt') return { jwks: null, jwksUri: null }
  if (!jwks && !jwksUri) throw unusableKeys('missing')
  return { jwks, jwksUri }
}

/** RFC 7591 §3.2.1: a server may replace requested values, and returns what it registered. */
function readGrantTypes(body: Record<string, unknown>): string[] {
  optionalList(body, 'grant_types')
  // by policy every client gets a refresh token, and only an admin can grant `client_credentials`
  return ['authorization_code', 'refresh_token']
}

/**
 * Checks the body of a registration request (RFC 7591 §3.1). Unknown members are ignored.
 *
 * @throws {OAuthError} `invalid_redirect_uri` or `invalid_client_metadata` (RFC 7591 §3.2.2)
 */
export function readClientMetadata(body: unknown): ClientMetadata {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalid({ kind: 'body-not-object' })
  }
  const members = body as Record<string, unknown>
  const { usable, ignored } = readRedirectUris(members)
  const responseTypes = optionalList(members, 'response_types')
  if (responseTypes && responseTypes.length > 0 && !responseTypes.includes('code')) {
    throw invalid({ kind: 'response-types' })
  }
  const authMethod = readAuthMethod(members)
  const client = {
    name: optionalText(members, 'client_name', longestName) ?? 'Unnamed client',
    redirectUris: usable,
    authMethod,
    ...readKeys(members, authMethod),
    grantTypes: readGrantTypes(members),
    echoed: readEchoed(members),
  }
  checkStoredSize(client)
  return { ...client, ignored }
}

/** The registered metadata in the answer (RFC 7591 §3.2.1); no member is null. */
export const registeredMetadata = (client: ClientMetadata, scope: string) => ({
  client_name: client.name,
  redirect_uris: [...client.redirectUris],
  token_endpoint_auth_method: client.authMethod,
  grant_types: [...client.grantTypes],
  response_types: ['code'],
  scope,
  ...(client.jwks ? { jwks: client.jwks } : {}),
  ...(client.jwksUri ? { jwks_uri: client.jwksUri } : {}),
  ...client.echoed,
})
