import { tlsCauseInWords } from './tls-cause'

/**
 * Why something was refused or failed, as a fact: errors, events and rules carry the kind and its
 * payload, and only a reader is shown words. Each table here declares its kinds, what each carries
 * (the parameter of its function) and its words; the types follow, so a reason is one line.
 */

type Words = Readonly<Record<string, string | ((fact: never) => string)>>

/** The kinds of a table that carry nothing. */
type Plain<T extends Words> = { [K in keyof T]: T[K] extends string ? K : never }[keyof T]

/** What a table can tell: a union of its kinds, each with its payload. */
type FactOf<T extends Words> =
  | { readonly kind: Plain<T> }
  | {
      [K in keyof T]: T[K] extends (fact: infer Payload) => string
        ? { readonly kind: K } & Readonly<Payload>
        : never
    }[keyof T]

/**
 * The words of a fact; of one that another version wrote, its kind. What a kind carries never changes:
 * a fact that carries something else is another kind.
 */
function say<T extends Words>(table: T, fact: FactOf<T> | undefined): string {
  const kind = String(fact?.kind ?? 'unknown')
  const words = Object.hasOwn(table, kind) ? table[kind] : kind
  return typeof words === 'function' ? words(fact as never) : String(words)
}

/** Why a URI cannot be a redirect URI (RFC 6749 §3.1.2, RFC 8252) or a client id (CIMD §3). */
const uriProblems = {
  'not-string': 'is not a string',
  'too-long': 'is too long',
  characters: 'contains a character that no URI has',
  relative: 'is not an absolute URI',
  fragment: 'has a fragment',
  credentials: 'has credentials',
  'host-too-long': 'has a host that is too long',
  'plain-http': 'is http and not loopback',
  'not-https': 'is not an https URL',
  'not-url': 'is not a URL',
  'no-path': 'has no path',
  'dot-segment': 'has a dot segment',
  scheme: ({ scheme }: { scheme: string }) => `has the scheme "${scheme}:"`,
  place: ({ scheme }: { scheme: string }) => `is no place where ${scheme}: takes answers`,
} satisfies Words
export type UriProblem = FactOf<typeof uriProblems>
export const uriProblemWords = (problem: UriProblem): string => say(uriProblems, problem)

/** Why what a client publishes, its document (CIMD §4) or its keys, could not be had. */
const fetchProblems = {
  unresolved: ({ host }: { host: string }) => `${host} cannot be resolved`,
  'not-public': ({ host }: { host: string }) => `${host} resolves to an address that is not public`,
  'not-https': 'is not https',
  port: 'has a port that is not 443',
  slow: 'took too long',
  busy: 'was asked for too often',
  'too-large': ({ most }: { most: number }) => `is larger than ${most} bytes`,
  status: ({ status }: { status: number | undefined }) => `answered ${status}, not 200`,
  tls: ({ code }: { code: string }) => `could not be fetched: ${tlsCauseInWords(code) ?? code}`,
  network: ({ error }: { error: string }) => `could not be fetched: ${error}`,
  'media-type': 'is not application/json',
  'not-json': 'is not JSON',
  'not-key-set': 'is no key set',
} satisfies Words
export type FetchFailure = FactOf<typeof fetchProblems>
export const fetchFailureWords = (failure: FetchFailure): string => say(fetchProblems, failure)

/** Why a client assertion is not accepted (RFC 7523 §3). */
const assertionProblems = {
  type: 'wrong or missing type',
  'not-jwt': 'is not a JWT',
  'no-subject': 'missing required "sub" claim',
  'client-id-differs': '"client_id" differs from "sub"',
  audience: 'has a further audience',
  'lives-too-long': 'lives longer than an hour',
  unverified: ({ error }: { error: string }) => error,
} satisfies Words
export type AssertionProblem = FactOf<typeof assertionProblems>

/** Why the keys of a registration are not taken (RFC 7591 §2, RFC 7517 §4). */
const keyProblems = {
  'not-key-set': '"jwks" must be a key set',
  both: '"jwks" and "jwks_uri" exclude each other',
  uri: '"jwks_uri" must be an https URL',
  private: '"jwks" has a private key',
  characters: '"jwks" has a character that no key has',
  missing: '"private_key_jwt" needs "jwks" or "jwks_uri"',
} satisfies Words
export type KeyProblem = keyof typeof keyProblems

/** What is wrong with a client metadata document itself (CIMD §4.1). */
const documentProblems = {
  'not-object': 'is not a JSON object',
  'client-id': 'its "client_id" is not its own URL',
  'no-name': 'missing required "client_name"',
  secret: 'has a client secret',
  'secret-method': 'names a method that needs a shared secret',
} satisfies Words
export type DocumentProblem = keyof typeof documentProblems

/** Why a browser keeps no cookie of this server (RFC 6265 §5.4). */
const cookieLosses = {
  scheme: 'the page was opened over http, and the cookie is for https only',
  host: 'the page was opened at another address',
  blocked: 'the browser keeps no cookies',
} satisfies Words

/** Why somebody whom a provider vouches for is not let in. */
const admissionRefusals = {
  disabled: 'the account is disabled',
  unverified: 'the provider vouches for no e-mail address',
  'not-allowed': 'no account, no invitation, and the address is not in PORTICO_SIGN_IN_ALLOWED',
  'not-set-up': 'there is no admin yet',
} satisfies Words

/** What went wrong between this server and a sign-in provider. */
const providerFaults = {
  unreachable: 'the provider could not be reached',
  answer: 'the answer of the provider was not accepted',
  refused: 'the provider did not sign them in',
  cookie: 'the browser did not bring back its cookie',
} satisfies Words

const opened = {
  streams: 'streams are open',
  answers: 'requests are under way',
  bodies: 'large requests are arriving',
} satisfies Words

type Count = { readonly most: number }
type Named = { readonly parameter: string }
type Provider = { readonly provider: string }

const told = {
  // requests of RFC 6749 and its extensions
  'parameter-missing': ({ parameter }: Named) => `missing required "${parameter}"`,
  'parameter-repeated': ({ parameter }: { parameter: string | null }) =>
    `${parameter === null ? 'a parameter' : `"${parameter}"`} must not be repeated`,
  'parameter-too-long': 'a parameter is too long',
  'parameter-with-nul': 'a parameter contains a NUL character',
  'form-unreadable': ({ problem }: { problem: string }) => `the body is no form: ${problem}`,
  'response-type': '"response_type" must be "code"',
  'response-mode': '"response_mode" must be "query"',
  'challenge-method': '"code_challenge_method" must be "S256"',
  'challenge-malformed': '"code_challenge" is not an S256 challenge',
  'redirect-uri-unregistered': '"redirect_uri" is not registered for this client',
  'redirect-uri-unusable': ({ problem }: { problem: UriProblem }) =>
    `"redirect_uri" ${uriProblemWords(problem)}`,
  'resource-unknown': ({ own }: { own?: string }) =>
    own === undefined ? 'unknown resource' : `"resource" must be ${own}`,
  'address-changed':
    'this connection was made for an earlier address of this server; sign in again',
  'grant-type-unsupported': '"grant_type" is not supported',
  'grant-type-not-registered': 'the client is not registered for this "grant_type"',
  'grant-type-needs-secret': 'a public client cannot use this "grant_type"',
  'scope-exceeds-grant': '"scope" is more than was granted',

  // who the client is
  'client-unknown': 'this client is not registered here',
  'client-disabled': 'this client was disabled',
  'client-id-missing': 'missing "client_id"',
  'client-id-unprintable': 'the client id in the header is not printable',
  'client-id-differs': '"client_id" differs from the Authorization header',
  'client-id-unusable': ({ problem }: { problem: UriProblem }) =>
    `"client_id" ${uriProblemWords(problem)}`,
  'client-authentication-repeated': 'more than one client authentication method',
  'client-header-unreadable': 'the Authorization header cannot be read',
  'client-secret-missing': 'missing client secret',
  'client-secret-wrong': 'wrong client secret',
  'client-without-secret': 'client has no secret',
  'client-without-keys': 'client has no keys',
  'client-public': 'public client',
  'client-keys-unusable': ({ failure }: { failure: FetchFailure }) =>
    `"jwks_uri" ${fetchFailureWords(failure)}`,
  'assertion-missing': 'missing client assertion',
  'assertion-unusable': ({ problem }: { problem: AssertionProblem }) =>
    `client assertion: ${say(assertionProblems, problem)}`,
  'assertion-used': 'client assertion was used before',
  'assertion-not-registered': 'client is not registered for assertions',

  // registrations (RFC 7591) and metadata documents (CIMD)
  'body-not-json': 'the body is not JSON',
  'body-not-object': 'the body must be a JSON object',
  'redirect-uris-missing': '"redirect_uris" must be a non-empty array',
  'redirect-uris-too-many': ({ most }: Count) => `"redirect_uris" has more than ${most} members`,
  'redirect-uris-unusable': ({ uri, problem }: { uri: string; problem: UriProblem }) =>
    `no usable redirect URI: ${uri} ${uriProblemWords(problem)}`,
  'response-types': '"response_types" must contain "code"',
  'auth-method-unsupported': ({ supported }: { supported: readonly string[] }) =>
    `"token_endpoint_auth_method" must be one of ${supported.join(', ')}`,
  'keys-unusable': ({ problem }: { problem: KeyProblem }) => keyProblems[problem],
  'member-not-string': ({ member }: { member: string }) => `"${member}" must be a string`,
  'member-not-list': ({ member }: { member: string }) => `"${member}" must be an array of strings`,
  'metadata-too-large': ({ bytes, most }: Count & { bytes: number }) =>
    `the metadata takes ${bytes} bytes, and ${most} at most are kept`,
  'document-unusable': ({ problem }: { problem: DocumentProblem }) =>
    `client metadata document: ${documentProblems[problem]}`,
  'document-away': ({ failure }: { failure: FetchFailure }) =>
    `the metadata document of this client ${fetchFailureWords(failure)}`,

  // codes, refresh tokens and what they stand for
  'code-unknown': 'unknown code',
  'code-expired': 'code expired',
  'code-used': 'code was used before',
  'code-of-another-client': 'code of another client',
  'code-redirect-uri': '"redirect_uri" differs from the authorization request',
  'verifier-mismatch': '"code_verifier" does not match',
  'refresh-token-unknown': 'unknown refresh token',
  'refresh-token-expired': 'refresh token expired',
  'refresh-token-revoked': 'refresh token was revoked',
  'refresh-token-used': 'refresh token was used before',
  'refresh-token-of-another-client': 'refresh token of another client',
  'token-of-another-client': 'the token was issued to another client',
  'no-live-token': 'no live token',
  'grant-revoked': 'this connection was revoked',
  'grant-paused': 'this connection is paused',
  'grant-inactive': 'this connection is not active any more',
  'user-disabled': 'user disabled',
  'revoked-by-person': 'by a person in the dashboard',
  'revoked-by-client': 'by the client itself',
  'code-replayed': 'because its code came a second time',
  'refresh-token-replayed': 'because an exchanged refresh token came back',

  // the MCP endpoint
  'no-credentials': 'no credentials',
  'no-bearer-token': 'no bearer token',
  'token-malformed': 'malformed',
  'token-expired': 'expired',
  'token-signature': 'bad signature',
  'token-key': 'unknown key',
  'token-issuer': 'wrong issuer',
  'token-audience': 'wrong audience',
  'token-type': 'wrong type',
  'token-unknown': 'unknown token',
  'token-revoked': 'revoked',
  'origin-not-allowed': 'origin not allowed',
  'host-not-allowed': ({ own }: { own: string }) =>
    `host not allowed: this server is set to ${own}, see PORTICO_URL`,
  'trailing-slash': 'trailing slash',
  'session-not-found': 'session not found',
  'scope-insufficient': 'insufficient_scope',
  'batch-too-long': ({ most }: Count) => `more than ${most} messages in one request`,
  'json-too-deep': ({ most }: Count) => `nested more than ${most} deep`,
  'json-too-many-members': ({ most }: Count) => `more than ${most} members`,
  'body-unreadable': ({ problem }: { problem: string }) => `body ${problem}`,
  'too-many-open': ({ what, of }: { what: keyof typeof opened; of: string }) =>
    `too many ${opened[what]} of this ${of}`,
  'answered-with-error': ({ status, code }: { status: number; code?: number | undefined }) =>
    code === undefined ? `HTTP ${status}` : `HTTP ${status}, JSON-RPC ${code}`,

  // requests that are not looked at
  'request-target': 'what it asks for is no path of this server',
  'request-headers': 'it has more header fields, or larger ones, than anybody needs',
  'request-expectation': 'it expects something that this server does not do',
  'request-slow': 'it did not come in time',
  'request-busy': 'too many pages are asked for just now',
  'request-not-http': 'what came is no HTTP; perhaps it is TLS, on a port without',
  'request-not-readable': 'its form, arguments or headers could not be read',
  'request-body': 'its body is larger than is taken here',
  'foreign-form': 'the form came from another address than PORTICO_URL',
  'database-away': 'the database did not answer',
  'no-room': 'to make room for others',
  'too-many-registrations': 'registrations',
  'too-many-authorizations': 'authorizations',
  'too-many-open-authorizations': 'open authorizations',
  'too-many-failed-token-requests': 'failed token requests',
  'too-many-document-fetches': 'fetches of client documents',
  'too-many-key-fetches': 'fetches of client keys',
  'too-many-invitations': 'invitations',

  // people
  'cookie-lost': ({ because }: { because: keyof typeof cookieLosses }) => cookieLosses[because],
  'session-unreadable': 'the cookie was made with another secret, or has run out',
  'invitation-gone': 'the link is wrong, used or has expired',
  'share-gone': 'the link is wrong, has ended or has expired',
  'set-up-done': 'there is an admin already',
  'set-up-link-wrong': 'the link is wrong',
  'sign-in-throttled': 'too many attempts',
  'sign-in-busy': 'too many sign-ins at once',
  'password-wrong': 'wrong e-mail address or password',
  'one-time-code-wrong': 'wrong one-time code',
  'second-step-without-first': 'a second step without a first',
  'passkey-unknown': 'unknown passkey',
  'passkey-of-another-account': 'passkey of another account',
  'passkey-not-accepted': ({ error }: { error: string }) => `passkey was not accepted: ${error}`,
  'passkey-used-twice': 'passkey was used twice at once',
  'provider-refused': ({ provider, because }: Provider & { because: AdmissionRefusal }) =>
    `${provider}: ${admissionRefusals[because]}`,
  'provider-failed': ({ provider, fault }: Provider & { fault: ProviderFault }) =>
    `${provider}: ${providerFaults[fault]}`,
  'provider-untrusted': ({ provider, tls }: Provider & { tls: string }) =>
    `${provider}: cannot be trusted: ${tlsCauseInWords(tls) ?? tls}`,
  'consent-form': 'the answer could not be read',
  'consent-csrf':
    'the answer is not of this server’s own page, or who is signed in has changed meanwhile',
  'consent-unknown': 'no such request for access is known, or its app was disabled',
  'consent-decided': 'the request for access was answered before',
  'consent-expired': 'the request for access has expired',
  'consent-held': 'the request for access was answered before, and waits for an operator',

  // alerts
  'delivery-failed': ({ outcome }: { outcome: string }) => outcome,
  'alerts-exhausted': ({ most }: Count) => `${most} handshakes were told of within the last hour`,

  /** What another version of this server wrote, or what an older one wrote as a sentence. */
  other: ({ text }: { text: string }) => text,
} satisfies Words

export type AdmissionRefusal = keyof typeof admissionRefusals
export type ProviderFault = keyof typeof providerFaults
export type CookieLoss = keyof typeof cookieLosses

/** Why something was refused or failed: a closed union. */
export type Reason = FactOf<typeof told>
export type ReasonKind = Reason['kind']
export type PlainReasonKind = Plain<typeof told>

export const reasonKinds = Object.keys(told) as readonly ReasonKind[]

/** A reason for a person to read: a lower-case phrase without a full stop. */
export const reasonWords = (reason: Reason): string => say(told, reason)

/** Whether a value that was stored is a reason that this version knows. */
export const isReason = (value: unknown): value is Reason =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  typeof value.kind === 'string' &&
  Object.hasOwn(told, value.kind)

/**
 * What a client is told instead of a reason that is for the log alone: what it holds is not accepted,
 * and not why (RFC 6749 §5.2), or whose inner name did not answer (CIMD §8.6).
 */
export const wireWords = {
  form: 'the body must be application/x-www-form-urlencoded',
  code: 'the authorization code is invalid, expired or was used',
  'refresh-token': 'the refresh token is invalid, expired or was revoked',
  client: 'client authentication failed',
  document: 'the metadata document of this client cannot be used',
} as const

/** `error_description` has neither `"` nor `\`, and ASCII only (RFC 6749 §4.1.2.1, §5.2). */
export const wireText = (text: string): string =>
  text.replaceAll('"', "'").replace(/[^ !#-[\]-~]/g, '?')
