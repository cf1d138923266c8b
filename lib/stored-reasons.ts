import {
  type DocumentProblem,
  type FetchFailure,
  isReason,
  type KeyProblem,
  type PlainReasonKind,
  type Reason,
  type UriProblem,
} from './reasons'
import { tlsCauseOf } from './tls-cause'

/**
 * Reads reasons that were stored. Versions up to 0.1 stored sentences; these are theirs, frozen: what
 * this version says of a reason may change, and these may not.
 */

const sentences: Readonly<Record<string, PlainReasonKind>> = {
  '"response_type" must be "code"': 'response-type',
  '"response_mode" must be "query"': 'response-mode',
  '"code_challenge_method" must be "S256"': 'challenge-method',
  '"code_challenge" is not an S256 challenge': 'challenge-malformed',
  '"redirect_uri" is not registered for this client': 'redirect-uri-unregistered',
  'made for another address': 'address-changed',
  '"grant_type" is not supported': 'grant-type-unsupported',
  'the client is not registered for this "grant_type"': 'grant-type-not-registered',
  'this client is not registered here': 'client-unknown',
  'unknown client': 'client-unknown',
  'a parameter is too long': 'parameter-too-long',
  'a parameter contains a NUL character': 'parameter-with-nul',
  'a public client cannot use this "grant_type"': 'grant-type-needs-secret',
  '"scope" is more than was granted': 'scope-exceeds-grant',
  'the client id in the header is not printable': 'client-id-unprintable',
  '"client_id" differs from the Authorization header': 'client-id-differs',
  'more than one client authentication method': 'client-authentication-repeated',
  'the Authorization header cannot be read': 'client-header-unreadable',
  'public client': 'client-public',
  'client is not registered for assertions': 'assertion-not-registered',
  '"response_types" must contain "code"': 'response-types',
  'this client was disabled': 'client-disabled',
  'client disabled': 'client-disabled',
  'missing "client_id"': 'client-id-missing',
  'missing client secret': 'client-secret-missing',
  'wrong client secret': 'client-secret-wrong',
  'client has no secret': 'client-without-secret',
  'client has no keys': 'client-without-keys',
  'missing client assertion': 'assertion-missing',
  'client assertion was used before': 'assertion-used',
  'the body is not JSON': 'body-not-json',
  'the body must be a JSON object': 'body-not-object',
  '"redirect_uris" must be a non-empty array': 'redirect-uris-missing',
  'unknown code': 'code-unknown',
  'code expired': 'code-expired',
  'code was used before': 'code-used',
  'code of another client': 'code-of-another-client',
  '"redirect_uri" differs from the authorization request': 'code-redirect-uri',
  '"code_verifier" does not match': 'verifier-mismatch',
  'unknown refresh token': 'refresh-token-unknown',
  'refresh token expired': 'refresh-token-expired',
  'refresh token was revoked': 'refresh-token-revoked',
  'refresh token was used before': 'refresh-token-used',
  'refresh token of another client': 'refresh-token-of-another-client',
  'the token was issued to another client': 'token-of-another-client',
  'no live token': 'no-live-token',
  'grant revoked': 'grant-revoked',
  'grant is revoked': 'grant-revoked',
  'this connection was revoked': 'grant-revoked',
  'grant paused': 'grant-paused',
  'grant is paused': 'grant-paused',
  'this connection is paused': 'grant-paused',
  'grant is not active': 'grant-inactive',
  'user disabled': 'user-disabled',
  'no credentials': 'no-credentials',
  'no bearer token': 'no-bearer-token',
  malformed: 'token-malformed',
  expired: 'token-expired',
  'bad signature': 'token-signature',
  'unknown key': 'token-key',
  'wrong issuer': 'token-issuer',
  'wrong audience': 'token-audience',
  'wrong type': 'token-type',
  'unknown token': 'token-unknown',
  revoked: 'token-revoked',
  'origin not allowed': 'origin-not-allowed',
  'trailing slash': 'trailing-slash',
  'session not found': 'session-not-found',
  insufficient_scope: 'scope-insufficient',
  person: 'revoked-by-person',
  client: 'revoked-by-client',
  code_replay: 'code-replayed',
  refresh_token_reuse: 'refresh-token-replayed',
  origin: 'foreign-form',
  room: 'no-room',
  database: 'database-away',
  registrations: 'too-many-registrations',
  authorizations: 'too-many-authorizations',
  'open authorizations': 'too-many-open-authorizations',
  'failed token requests': 'too-many-failed-token-requests',
  'client documents': 'too-many-document-fetches',
  'fetches of client documents': 'too-many-document-fetches',
  'fetches of client keys': 'too-many-key-fetches',
  invitations: 'too-many-invitations',
  throttled: 'sign-in-throttled',
  'too many at once': 'sign-in-busy',
  'wrong e-mail address or password': 'password-wrong',
  'wrong one-time code': 'one-time-code-wrong',
  form: 'consent-form',
  csrf: 'consent-csrf',
  unknown: 'consent-unknown',
  decided: 'consent-decided',
  held: 'consent-held',
  target: 'request-target',
  headers: 'request-headers',
  expectation: 'request-expectation',
  body: 'request-body',
  slow: 'request-slow',
  busy: 'request-busy',
  'not HTTP': 'request-not-http',
  'not readable': 'request-not-readable',
  'the cookie was made with another secret, or has run out': 'session-unreadable',
  'the link is wrong, used or has expired': 'invitation-gone',
  'the link is wrong, has ended or has expired': 'share-gone',
  'there is an admin already': 'set-up-done',
  'the link is wrong': 'set-up-link-wrong',
  'a second step without a first': 'second-step-without-first',
  'unknown passkey': 'passkey-unknown',
  'passkey of another account': 'passkey-of-another-account',
  'passkey was used twice at once': 'passkey-used-twice',
}

/** Patterns, each with what it means: `part` is its group, `whole` the sentence. */
type Patterns<Meaning> = readonly (readonly [
  RegExp,
  (part: string, whole: string) => Meaning | null | undefined,
])[]

/** What the first pattern that fits means. */
function meaningOf<Meaning>(patterns: Patterns<Meaning>, sentence: string): Meaning | null {
  for (const [pattern, read] of patterns) {
    const match = pattern.exec(sentence)
    const meaning = match && read(match[1] ?? '', sentence)
    if (meaning) return meaning
  }
  return null
}

const uriProblems: Patterns<UriProblem> = [
  [/has the scheme "([^"]*):"$/, (scheme) => ({ kind: 'scheme', scheme })],
  [/is no place where (\S*): takes answers$/, (scheme) => ({ kind: 'place', scheme })],
  [/is http and not loopback$/, () => ({ kind: 'plain-http' })],
  [/contains a character/, () => ({ kind: 'characters' })],
  [/has credentials$/, () => ({ kind: 'credentials' })],
  [/has a fragment$/, () => ({ kind: 'fragment' })],
  [/is not an absolute URI$/, () => ({ kind: 'relative' })],
  [/is not an https URL$/, () => ({ kind: 'not-https' })],
  [/has a host that is too long$/, () => ({ kind: 'host-too-long' })],
  [/is too long$/, () => ({ kind: 'too-long' })],
  [/is not a string$/, () => ({ kind: 'not-string' })],
]

const fetchFailures: Patterns<FetchFailure> = [
  [/answered (\d+)/, (status) => ({ kind: 'status', status: Number(status) })],
  [/took too long$/, () => ({ kind: 'slow' })],
  [/was asked for too often$/, () => ({ kind: 'busy' })],
  [/(\S+) cannot be resolved$/, (host) => ({ kind: 'unresolved', host })],
  [/(\S+) resolves to an address/, (host) => ({ kind: 'not-public', host })],
  [/has a port/, () => ({ kind: 'port' })],
  [/is larger than (\d+) bytes$/, (most) => ({ kind: 'too-large', most: Number(most) })],
  [/is not https$/, () => ({ kind: 'not-https' })],
  [/is not application\/json$/, () => ({ kind: 'media-type' })],
  [/is not JSON$/, () => ({ kind: 'not-json' })],
  [/could not be fetched: (.*)$/, (error) => ({ kind: 'network', error })],
]

const documentProblems: Readonly<Record<string, DocumentProblem>> = {
  'is not a JSON object': 'not-object',
  'its "client_id" is not its own URL': 'client-id',
  'missing required "client_name"': 'no-name',
  'has a client secret': 'secret',
  'names a method that needs a shared secret': 'secret-method',
}

const keyProblems: Readonly<Record<string, KeyProblem>> = {
  '"jwks" must be a key set': 'not-key-set',
  '"jwks" and "jwks_uri" exclude each other': 'both',
  '"jwks_uri" must be an https URL': 'uri',
  '"jwks" has a private key': 'private',
  '"jwks" has a character that no key has': 'characters',
  '"private_key_jwt" needs "jwks" or "jwks_uri"': 'missing',
}

/** A reason made of a problem, where there is one. */
const about =
  <Problem>(problemIn: (sentence: string) => Problem | null | undefined) =>
  (reason: (problem: Problem, part: string) => Reason) =>
  (part: string, whole: string): Reason | null => {
    const problem = problemIn(whole)
    return problem ? reason(problem, part) : null
  }
const ofUri = about((sentence) => meaningOf(uriProblems, sentence))
const ofFetch = about((sentence) => meaningOf(fetchFailures, sentence))
const ofKeys = about((sentence) => keyProblems[sentence])

/** Sentences that were made of parts. */
const composed: Patterns<Reason> = [
  [
    /^([^:]+): cannot be trusted: /,
    (provider, whole) => ({
      kind: 'provider-untrusted',
      provider,
      tls: tlsCauseOf(whole)?.code ?? '',
    }),
  ],
  [/^"(\w+)" must not be repeated$/, (parameter) => ({ kind: 'parameter-repeated', parameter })],
  [/^"(\w+)" must be a string$/, (member) => ({ kind: 'member-not-string', member })],
  [/^"(\w+)" must be an array of strings$/, (member) => ({ kind: 'member-not-list', member })],
  [/^scheme$/, () => ({ kind: 'cookie-lost', because: 'scheme' })],
  [/^host$/, () => ({ kind: 'cookie-lost', because: 'host' })],
  [/^blocked$/, () => ({ kind: 'cookie-lost', because: 'blocked' })],
  [/^unknown resource$/, () => ({ kind: 'resource-unknown' })],
  [/^missing required "(\w+)"$/, (parameter) => ({ kind: 'parameter-missing', parameter })],
  [/^body: (.+)$/, (problem) => ({ kind: 'form-unreadable', problem })],
  [/^body (.+)$/, (problem) => ({ kind: 'body-unreadable', problem })],
  [/^host not allowed: this server is set to (\S+),/, (own) => ({ kind: 'host-not-allowed', own })],
  [
    /^no usable redirect URI: (\S+) /,
    ofUri((problem, uri) => ({ kind: 'redirect-uris-unusable', uri, problem })),
  ],
  [/^"redirect_uri" ./, ofUri((problem) => ({ kind: 'redirect-uri-unusable', problem }))],
  [/^"client_id" ./, ofUri((problem) => ({ kind: 'client-id-unusable', problem }))],
  [
    /^"token_endpoint_auth_method" must be one of (.+)$/,
    (methods) => ({ kind: 'auth-method-unsupported', supported: methods.split(', ') }),
  ],
  [/^HTTP (\d+)$/, (status) => ({ kind: 'answered-with-error', status: Number(status) })],
  [
    /^HTTP \d+, JSON-RPC -?\d+$/,
    (_, whole) => {
      const [status = 0, code = 0] = whole.match(/-?\d+/g)?.map(Number) ?? []
      return { kind: 'answered-with-error', status, code }
    },
  ],
  [/^"jwks_uri" ./, ofFetch((failure) => ({ kind: 'client-keys-unusable', failure }))],
  [/^"jwks|^"private_key_jwt"/, ofKeys((problem) => ({ kind: 'keys-unusable', problem }))],
  [
    /^client assertion: (.+)$/,
    (error) => ({ kind: 'assertion-unusable', problem: { kind: 'unverified', error } }),
  ],
  [
    /^client metadata document: (.+)$/,
    (sentence) => {
      const problem = documentProblems[sentence.replaceAll("'", '"')]
      return problem && { kind: 'document-unusable', problem }
    },
  ],
]

function reasonOfSentence(sentence: string): Reason {
  const kind = Object.hasOwn(sentences, sentence) ? sentences[sentence] : undefined
  if (kind) return { kind }
  const reason = meaningOf(composed, sentence)
  if (reason) return reason
  const failure = meaningOf(fetchFailures, sentence)
  return failure ? { kind: 'document-away', failure } : { kind: 'other', text: sentence }
}

/** What an event keeps, as far as its reason is concerned. */
type Stored = { readonly name: string; readonly detail: Readonly<Record<string, unknown>> }

/** The reason of an event as it was stored; what was said of a letter box could be any sentence. */
export function reasonOfEvent({ name, detail: { reason } }: Stored): Reason | null {
  if (name === 'consent.refused' && reason === 'expired') return { kind: 'consent-expired' }
  if (name === 'alert.failed' && typeof reason === 'string') {
    return { kind: 'delivery-failed', outcome: reason }
  }
  return reasonFrom(reason)
}

/**
 * The reason of a detail as it was stored, by this version or another.
 *
 * @returns `null` where there is none
 */
export function reasonFrom(stored: unknown): Reason | null {
  if (typeof stored === 'string') return reasonOfSentence(stored)
  if (isReason(stored)) return stored
  if (typeof stored !== 'object' || stored === null || !('kind' in stored)) return null
  return { kind: 'other', text: String(stored.kind) }
}
