/**
 * The requirements this server keeps: rows A, D and R of the specifications, and what failed for
 * the first user (F). Every id is cited by a test; tests/coverage.test.ts fails for one that is not.
 * Rows that are not built are in `notBuilt` below.
 */
export const requirements = {
  A1: {
    source: 'RFC 8414 §2, §3.2',
    behaviour: 'authorization server metadata is JSON with its required members and no empty array',
  },
  A2: {
    source: 'RFC 8414 §3.3',
    behaviour: 'the issuer is byte-equal in both documents, the redirect and the token',
  },
  A3: { source: 'RFC 9700 §2.1.1', behaviour: 'S256 is listed and plain is not' },
  A4: {
    source: 'RFC 8414 §2',
    behaviour: 'grant types are listed and are those the token endpoint serves',
  },
  A5: { source: 'RFC 8414 §2', behaviour: 'client authentication methods are listed and work' },
  A6: { source: 'CIMD §6', behaviour: 'client id metadata documents are announced, and work' },
  A7: { source: 'RFC 9207 §3', behaviour: 'iss is announced and sent' },
  A8: { source: 'RFC 8414 §2', behaviour: 'every endpoint that is announced answers' },
  A9: {
    source: 'OAuth 2.1 §3.1, §3.2',
    behaviour: 'CORS on metadata, token, register and revoke, and not on authorize',
  },
  A10: { source: 'OAuth 2.1 §1.5', behaviour: 'the public origin is https, except on loopback' },
  A11: {
    source: 'OAuth 2.1 §3.1',
    behaviour: 'unknown parameters are ignored, empty ones absent, repeated ones refused',
  },
  A12: {
    source: 'OAuth 2.1 §4.1.2.1',
    behaviour: 'an unknown client or redirect URI is answered by a page and never by redirect',
  },
  A13: {
    source: 'OAuth 2.1 §4.1.1, RFC 8252 §7.3',
    behaviour: 'redirect URIs match exactly, loopback ones in any port',
  },
  A14: {
    source: 'RFC 8252 §7.1, §8.4',
    behaviour: 'only https, loopback http and private-use redirect URIs can be registered',
  },
  A15: { source: 'RFC 7636 §4.4.1', behaviour: 'PKCE with S256 is required' },
  A16: { source: 'OAuth 2.1 §4.1.2.1', behaviour: 'another response type is refused by redirect' },
  A17: {
    source: 'MCP authorization, consent',
    behaviour: 'consent names the client, the redirect host and the scopes, and warns of loopback',
  },
  A18: {
    source: 'OAuth 2.1, client impersonation',
    behaviour: 'a yes is remembered for an assured identity only, until the client changes',
  },
  A19: {
    source: 'RFC 9700 §4.16',
    behaviour: 'pages cannot be framed and the consent form is bound to the person',
  },
  A20: { source: 'RFC 9700 §4.12', behaviour: 'redirects after a form are 303' },
  A21: {
    source: 'OAuth 2.1 §4.1.2, RFC 9207 §2',
    behaviour:
      'the answer carries code, the exact state and iss, once each, and keeps the query of the URI',
  },
  A22: {
    source: 'OAuth 2.1 §4.1.2.1',
    behaviour: 'later errors go back by redirect with error, state and iss',
  },
  A23: {
    source: 'RFC 6749 §3.3',
    behaviour: 'a missing or unknown scope leads to the default scope',
  },
  A24: {
    source: 'RFC 8707 §2',
    behaviour: 'resource is optional, spellings of it are accepted, others are invalid_target',
  },
  A25: {
    source: 'OAuth 2.1 §4.1.2',
    behaviour: 'a code is single use, short-lived, stored hashed and bound to its request',
  },
  A26: { source: 'OAuth 2.1 §3.1', behaviour: 'prompt, nonce and login_hint are ignored' },
  A28: {
    source: 'OAuth 2.1 §3.2.3',
    behaviour: 'the token endpoint takes a form, answers JSON and forbids caching',
  },
  A29: {
    source: 'OAuth 2.1 §3.2.3',
    behaviour:
      'a token answer has access_token, Bearer, a numeric expires_in, scope and refresh_token',
  },
  A30: { source: 'OAuth 2.1 §3.2.4', behaviour: 'errors are 400 JSON, invalid_client is 401' },
  A31: {
    source: 'OAuth 2.1 §3.2.4',
    behaviour: 'an unusable code or refresh token is invalid_grant, never 5xx',
  },
  A32: { source: 'RFC 7636 §4.6', behaviour: 'the verifier is required and compared' },
  A33: {
    source: 'OAuth 2.1 §10.2',
    behaviour: 'redirect_uri at the token endpoint is optional and must be equal when present',
  },
  A34: {
    source: 'OAuth 2.1 §4.1.3',
    behaviour:
      'a replayed code revokes the grant with the right verifier, and does not with a wrong one',
  },
  A35: {
    source: 'OAuth 2.1 §2.4.1',
    behaviour: 'exactly one client authentication method; Basic raw and form-encoded',
  },
  A36: {
    source: 'OAuth 2.1 §2.4.1',
    behaviour: 'guessing of secrets, codes and tokens is slowed down',
  },
  A37: {
    source: 'OAuth 2.1 §2.4, RFC 7523 §3',
    behaviour: 'private_key_jwt is verified in full and accepted once',
  },
  A38: {
    source: 'RFC 8707 §2.2',
    behaviour: 'resource at the token endpoint must be that of the grant',
  },
  A39: {
    source: 'OAuth 2.1 §4.3.1',
    behaviour: 'refresh tokens rotate; reuse after the grace window revokes the grant',
  },
  A40: {
    source: 'OAuth 2.1 §4.3.1',
    behaviour: 'a refresh may narrow the scope and never widen it',
  },
  A41: {
    source: 'MCP 2026-07-28, refresh tokens',
    behaviour:
      'refresh tokens are issued without offline_access, which stands only in the server metadata',
  },
  A42: { source: 'MCP authorization', behaviour: 'access tokens are short-lived, by setting' },
  A43: {
    source: 'OAuth 2.1 §4.2',
    behaviour: 'client_credentials is for confidential clients only',
  },
  A44: {
    source: 'RFC 9700 §2.1.2, §2.4',
    behaviour: 'no implicit grant, no password grant, no token in a query',
  },
  A45: {
    source: 'OAuth 2.1 §7.1',
    behaviour: 'tokens, codes and secrets are in no table, log or console line',
  },
  A46: {
    source: 'RFC 9068',
    behaviour:
      'access tokens are ES256 at+jwt with the required claims, verifiable by the published keys',
  },
  A47: {
    source: 'RFC 7591 §3.2.1',
    behaviour: 'registration answers 201 with all registered metadata and no null',
  },
  A48: { source: 'RFC 7591 §2', behaviour: 'unknown metadata is ignored and defaults are applied' },
  A49: {
    source: 'RFC 7591 §3.2.2',
    behaviour: 'registration errors have the codes of the specification',
  },
  A50: {
    source: 'MCP 2026-07-28, SEP-837',
    behaviour: 'application_type does not restrict redirect URIs',
  },
  A51: { source: 'CIMD §7.1', behaviour: 'generated client ids are no URLs' },
  A52: {
    source: 'RFC 7591 §5',
    behaviour: 'registrations are limited in rate and size, and never-used ones expire',
  },
  A54: {
    source: 'CIMD §3',
    behaviour: 'a client id that is a URL is https with a path, and nothing that hides',
  },
  A55: {
    source: 'CIMD §4, §5, §8.7',
    behaviour: 'a document is a direct 200 of JSON, small and soon',
  },
  A56: {
    source: 'CIMD §4, MCP authorization',
    behaviour: 'a document names its own URL, a client name and redirect URIs',
  },
  A57: {
    source: 'CIMD §4.1',
    behaviour: 'a document has no secret, no shared-secret method and no private key',
  },
  A58: {
    source: 'CIMD §8.2',
    behaviour: 'a document that declares private_key_jwt makes it required',
  },
  A59: {
    source: 'CIMD §8.6, RFC 6890',
    behaviour: 'no URL of a stranger leads to an address that is not public',
  },
  A60: {
    source: 'CIMD §5.2, §8.4',
    behaviour: 'documents are cached within bounds, errors are not, and a change is asked about',
  },
  A61: {
    source: 'MCP authorization',
    behaviour: 'any https document may introduce itself, and none is approved unasked',
  },
  A62: { source: 'CIMD §8.8', behaviour: 'no logo of a client is fetched or shown' },
  A63: {
    source: 'MCP authorization',
    behaviour: 'an admin can make a client with an id and a secret to paste',
  },
  A64: {
    source: 'RFC 7009 §2',
    behaviour:
      'revocation authenticates, answers 200 for unknown tokens, and ends the grant of a refresh token',
  },
  A65: {
    source: 'RFC 7662 §2',
    behaviour: 'introspection authenticates, and tells a client of its own live tokens only',
  },
  A66: {
    source: 'OAuth 2.1, consent phishing',
    behaviour: 'people can list and revoke connections',
  },
  A69: { source: 'deployment', behaviour: 'no protocol endpoint redirects to sign-in' },
  D1: { source: 'RFC 9728 §3.1', behaviour: 'resource metadata at the path of the resource' },
  D2: { source: 'MCP 2025-11-25', behaviour: 'the same bytes at the root' },
  D3: { source: 'RFC 8414 §3', behaviour: 'server metadata at the root' },
  D4: { source: 'older SDKs', behaviour: 'the same bytes with the suffix' },
  D5: { source: 'MCP discovery', behaviour: 'openid-configuration is a JSON 404' },
  D6: { source: 'MCP discovery', behaviour: 'well-known paths below /mcp are a JSON 404' },
  D7: { source: 'RFC 8615', behaviour: 'any other well-known path is a JSON 404' },
  R1: { source: 'MCP authorization', behaviour: 'every MCP request is authenticated' },
  R2: {
    source: 'RFC 6750 §3, RFC 9728 §5.1',
    behaviour:
      '401 with an absolute resource_metadata, error only when credentials came, before parsing',
  },
  R3: {
    source: 'OAuth 2.1 §5',
    behaviour: 'the scheme in any case, a token in the query is ignored',
  },
  R4: { source: 'MCP authorization', behaviour: 'only tokens for this resource are accepted' },
  R5: {
    source: 'RFC 6750 §3.1',
    behaviour:
      'a tool call without its scope is 403 insufficient_scope, names what to ask for, and works after it was granted',
  },
  R6: { source: 'MCP transports', behaviour: 'a foreign Origin or a rebound Host is 403' },
  R7: {
    source: 'MCP transports',
    behaviour: 'content type and Accept are checked, */* is absorbed',
  },
  R8: {
    source: 'MCP security best practices, session hijacking',
    behaviour: 'a session belongs to the grant that opened it; nobody else learns that it exists',
  },
  R9: {
    source: 'MCP multi round-trip requests',
    behaviour: 'request state is signed, and good only for the grant and the tool it was made for',
  },
  R10: {
    source: 'MCP multi round-trip requests',
    behaviour: 'a client is asked nothing that it did not say it can answer',
  },
  R11: {
    source: 'MCP tools',
    behaviour: 'tools are listed in a fixed order under names Claude takes',
  },
  R12: { source: 'MCP tools', behaviour: 'no schema refers to another document' },
  R13: {
    source: 'MCP transports',
    behaviour: 'a second GET of a session takes the place of the first, which may be a dead one',
  },
  R14: { source: 'MCP transports', behaviour: 'a client that goes away frees the work behind it' },
  P1: {
    source: 'OWASP, device cookies',
    behaviour: 'guesses of strangers slow the other browsers of an account, never one it knows',
  },
  P2: {
    source: 'OAuth 2.1 §7.4',
    behaviour: 'what was revoked or paused does not come back without its person being asked',
  },
  P3: {
    source: 'OWASP, session management',
    behaviour: 'no cookie or link of before an account was disabled works when it is enabled',
  },
  G1: {
    source: 'design §4',
    behaviour: 'what a stranger sends over and over is one event that counts, whatever they vary',
  },
  G2: {
    source: 'design §4',
    behaviour: 'an attempt to connect is recorded whole while strangers flood the server',
  },
  G3: {
    source: 'design §4',
    behaviour:
      'the log stays below its size; what strangers left goes first, people’s attempts last',
  },
  F1: { source: 'first user', behaviour: 'no scope in any document is empty' },
  F2: {
    source: 'first user',
    behaviour: 'the scope of a token answer is clean for claudeai+, claudeai%20, empty and missing',
  },
  F3: { source: 'first user', behaviour: 'resource is the exact MCP URL' },
  F4: {
    source: 'first user',
    behaviour:
      'metadata carries issuer, endpoints, code, authorization_code, S256, none and claudeai',
  },
} as const satisfies Record<string, { source: string; behaviour: string }>

/** The id of a requirement. */
export type RequirementId = keyof typeof requirements

/** Whether a text is the id of one. */
export const isRequirement = (text: string): text is RequirementId =>
  Object.hasOwn(requirements, text)

/** Rows that are not built, and why. */
export const notBuilt = {
  A27: {
    source: 'RFC 9126',
    reason: 'no revision of MCP and no known client asks for pushed authorization requests',
  },
  A53: {
    source: 'RFC 7592',
    reason: 'experimental, no MCP client manages its registration; an admin does, in the dashboard',
  },
  A67: {
    source: 'MCP security best practices, confused deputy',
    reason:
      'no client of a sign-in provider stands for clients here: each is asked for on the consent page',
  },
  A68: {
    source: 'MCP authorization, token passthrough',
    reason: 'no upstream token exists that could be passed through; every token is minted here',
  },
  DPoP: {
    source: 'RFC 9449',
    reason: 'no known MCP client sends proofs; refresh tokens rotate instead (OAuth 2.1 §4.3.1)',
  },
  'ext-enterprise': {
    source: 'MCP extension enterprise-managed authorization',
    reason: 'needs an identity provider that issues ID-JAG grants; there is no upstream provider',
  },
  'ext-wif': {
    source: 'MCP extension workload identity federation, SEP-1933',
    reason:
      'a draft that no known client speaks; a workload gets a client of its own from an admin',
  },
} as const satisfies Record<string, { source: string; reason: string }>
