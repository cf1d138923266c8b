import type { PlainReasonKind, Reason, UriProblem } from '@/lib/reasons'
import { factsOf, probeOf, servedAs } from '../../support/browser/looks'
import { before, handshakeOf, type Spec, upTo } from '../../support/handshakes/handshakes'
import { fires, type RuleCases, spares } from '../case'

const found = before('client.registered')
const failed = { kind: 'failed', stage: 'client-identified' } as const
const refused = (reason: Reason, error = 'invalid_client_metadata') => {
  const told: Spec = ['client.refused', 700, 'python', { error, description: 'shown', reason }]
  return handshakeOf([...found, told], failed)
}
const throttled = (kind: PlainReasonKind) =>
  handshakeOf(
    [
      ...found,
      ['request.throttled', 700, 'python', { reason: { kind }, retryAfter: 30 }, { status: 429 }],
    ],
    failed,
  )

const unusable = (uri: string, problem: UriProblem): Reason => ({
  kind: 'redirect-uris-unusable',
  uri,
  problem,
})
const method: Reason = {
  kind: 'auth-method-unsupported',
  supported: ['none', 'client_secret_post'],
}
const scheme = unusable('javascript:alert(1)', { kind: 'scheme', scheme: 'javascript' })
const plain = unusable('http://192.168.1.4/callback', { kind: 'plain-http' })
const body: Reason = { kind: 'body-not-json' }

/** What can go wrong when a client makes itself known. */
export const registrationCases: readonly RuleCases[] = [
  {
    rule: 'dcr-method-refused',
    situations: [
      fires('a method that is not served', 'confirmed', { handshake: refused(method) }),
      spares('a body that is no JSON', { handshake: refused(body) }),
    ],
  },
  {
    rule: 'dcr-custom-scheme-refused',
    situations: [
      fires('a scheme that a browser runs', 'confirmed', {
        handshake: refused(scheme, 'invalid_redirect_uri'),
      }),
      spares('plain http', { handshake: refused(plain, 'invalid_redirect_uri') }),
    ],
  },
  {
    rule: 'dcr-loopback-http-refused',
    situations: [
      fires('http to another machine', 'confirmed', {
        handshake: refused(plain, 'invalid_redirect_uri'),
      }),
      spares('a strange scheme', { handshake: refused(scheme, 'invalid_redirect_uri') }),
    ],
  },
  {
    rule: 'dcr-strict-body',
    situations: [
      fires('no JSON', 'confirmed', { handshake: refused(body) }),
      spares('a method that is not served', { handshake: refused(method) }),
      spares('a second try that went well', {
        handshake: handshakeOf([
          ...upTo('client.registered'),
          ['client.refused', 600, 'python', { error: 'x', reason: body }],
        ]),
      }),
    ],
  },
  {
    rule: 'dcr-rate-limited',
    situations: [
      fires('too many registrations', 'confirmed', {
        handshake: throttled('too-many-registrations'),
      }),
      spares('too many authorizations', { handshake: throttled('too-many-authorizations') }),
    ],
  },
  {
    rule: 'no-registration-path',
    situations: [
      fires('neither of the two', 'confirmed', {
        facts: factsOf({
          probe: probeOf({
            'server-metadata': {
              body: '{"issuer":"https://portico.example.com","code_challenge_methods_supported":["S256"]}',
            },
          }),
        }),
      }),
      spares('metadata documents only', {
        facts: factsOf({
          probe: probeOf({
            'server-metadata': {
              body: '{"issuer":"x","client_id_metadata_document_supported":true}',
            },
          }),
        }),
      }),
    ],
  },
  {
    rule: 'cimd-flag-half',
    situations: [
      fires('without public clients', 'confirmed', {
        facts: factsOf({
          probe: probeOf({
            'server-metadata': servedAs({
              token_endpoint_auth_methods_supported: ['client_secret_post'],
            }),
          }),
        }),
      }),
      spares('with public clients', { facts: factsOf() }),
    ],
  },
]
