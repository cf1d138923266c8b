import { expect, test } from 'vitest'
import { rules } from '@/lib/diagnosis/rule-list'
import type { EventName } from '@/lib/events/catalogue'
import { factsOf, probeOf } from '../support/browser/looks'
import {
  began,
  golden,
  handshakeOf,
  type Spec,
  tokenAt,
  upTo,
} from '../support/handshakes/handshakes'

/** Versions up to 0.1 stored why something was refused as a sentence: it is still told what it was. */

const issued = upTo('token.issued')
const coded = upTo('code.issued')
const asked = upTo('authorization.requested')

/** What comes before an event of a name. */
const before: Partial<Record<EventName, readonly Spec[]>> = {
  'mcp.challenged': issued,
  'mcp.refused': issued,
  'token.refused': coded,
  'consent.refused': upTo('consent.shown'),
  'operator.refused': asked,
  'cookie.lost': asked,
}

const untrusted = { what: 'the sign-in provider Okta', at: 'okta.example:443' }
const tls = 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'
const facts = factsOf({ probe: probeOf({}, { others: [{ ...untrusted, tls }] }) })

test.each<[EventName, string, string]>([
  ['mcp.challenged', 'wrong audience', 'audience-mismatch'],
  ['mcp.challenged', 'malformed', 'opaque-vs-jwt'],
  ['mcp.challenged', 'expired', 'clock-skew'],
  ['mcp.challenged', 'unknown key', 'mcp-rejects-own-token'],
  ['mcp.challenged', 'bad signature', 'mcp-rejects-own-token'],
  ['mcp.challenged', 'wrong issuer', 'mcp-rejects-own-token'],
  ['mcp.challenged', 'wrong type', 'mcp-rejects-own-token'],
  ['mcp.challenged', 'unknown token', 'mcp-rejects-own-token'],
  ['mcp.challenged', 'grant paused', 'connection-ended'],
  ['mcp.challenged', 'grant revoked', 'connection-ended'],
  ['token.refused', 'grant is paused', 'connection-ended'],
  ['token.refused', 'client disabled', 'connection-ended'],
  ['mcp.challenged', 'user disabled', 'connection-ended'],
  ['authorization.refused', 'this client was disabled', 'connection-ended'],
  ['mcp.refused', 'origin not allowed', 'origin-host-check'],
  [
    'mcp.refused',
    'host not allowed: this server is set to http://localhost:3000, see PORTICO_URL',
    'origin-host-check',
  ],
  ['token.refused', 'code expired', 'code-expired'],
  ['token.refused', 'unknown code', 'code-other-instance'],
  ['token.refused', 'code was used before', 'code-reuse'],
  ['token.refused', '"code_verifier" does not match', 'pkce-mismatch'],
  ['token.refused', 'missing required "code_verifier"', 'pkce-mismatch'],
  ['token.refused', 'body: wrong content type', 'token-json-only-parser'],
  ['token.refused', 'missing required "grant_type"', 'token-json-only-parser'],
  ['token.refused', 'missing client secret', 'token-needs-secret'],
  ['token.refused', 'wrong client secret', 'token-needs-secret'],
  ['token.refused', 'client has no secret', 'token-needs-secret'],
  ['token.refused', 'missing client assertion', 'token-needs-secret'],
  ['token.refused', 'unknown client', 'stale-client-id'],
  ['authorization.refused', 'this client is not registered here', 'stale-client-id'],
  ['token.refused', 'missing "client_id"', 'stale-client-id'],
  ['authorization.refused', 'unknown resource', 'resource-rejected'],
  [
    'authorization.refused',
    '"redirect_uri" is not registered for this client',
    'dcr-redirect-host-refused',
  ],
  ['authorization.refused', 'missing required "redirect_uri"', 'dcr-redirect-host-refused'],
  ['authorization.refused', '"redirect_uri" has the scheme "myapp:"', 'redirect-uri-refused'],
  [
    'authorization.refused',
    '"redirect_uri" is no place where vscode: takes answers',
    'redirect-uri-refused',
  ],
  ['authorization.refused', '"redirect_uri" is http and not loopback', 'redirect-uri-refused'],
  ['authorization.refused', '"redirect_uri" has credentials', 'redirect-uri-refused'],
  [
    'client.refused',
    'no usable redirect URI: javascript:alert(1) has the scheme "javascript:"',
    'dcr-custom-scheme-refused',
  ],
  [
    'client.refused',
    'no usable redirect URI: /callback is not an absolute URI',
    'dcr-custom-scheme-refused',
  ],
  [
    'client.refused',
    'no usable redirect URI: http://192.168.1.4/callback is http and not loopback',
    'dcr-loopback-http-refused',
  ],
  [
    'client.refused',
    '"token_endpoint_auth_method" must be one of none, client_secret_post',
    'dcr-method-refused',
  ],
  ['client.refused', '"jwks" must be a key set', 'dcr-method-refused'],
  ['client.refused', '"private_key_jwt" needs "jwks" or "jwks_uri"', 'dcr-method-refused'],
  ['client.refused', 'the body is not JSON', 'dcr-strict-body'],
  ['request.throttled', 'registrations', 'dcr-rate-limited'],
  ['request.throttled', 'failed token requests', 'token-rate-limited'],
  ['document.refused', 'answered 403, not 200', 'cimd-fetch-403'],
  ['document.refused', 'took too long', 'cimd-fetch-403'],
  ['document.refused', 'client metadata document: has a client secret', 'cimd-doc-rejected'],
  ['consent.refused', 'expired', 'consent-txn-expired'],
  ['consent.refused', 'csrf', 'consent-cookie-lost'],
  ['cookie.lost', 'scheme', 'consent-cookie-lost'],
  ['operator.refused', 'throttled', 'sign-in-refused'],
  [
    'operator.refused',
    `Okta: cannot be trusted: the issuer of its certificate is not known here (${tls})`,
    'other-server-untrusted',
  ],
])('%s because of “%s” is %s', (name, reason, id) => {
  const at = tokenAt + 500
  const refusal: Spec = [name, at, 'claude', { error: 'x', reason, served: 'nothing' }]
  const handshake = handshakeOf([...(before[name] ?? golden.slice(0, 1)), refusal])
  const found = rules.flatMap((rule) => rule.judge(handshake, facts, began + at + 1000) ?? [])
  expect(found.map(({ rule }) => rule)).toContain(id)
})

test.each([
  ['scheme', /over http, and PORTICO_URL is https/],
  ['host', /another address than PORTICO_URL/],
  ['blocked', /blocks cookies/],
])('a cookie that was lost because of “%s” says why', (reason, why) => {
  const handshake = handshakeOf([...asked, ['cookie.lost', 2500, 'browser', { reason }]])
  const found = rules.flatMap((rule) => rule.judge(handshake, factsOf(), began + 60_000) ?? [])
  expect(found.find(({ rule }) => rule === 'consent-cookie-lost')?.explanation).toMatch(why)
})
