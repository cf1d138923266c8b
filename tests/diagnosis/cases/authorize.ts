import type { CookieLoss, FetchFailure, PlainReasonKind, Reason } from '@/lib/reasons'
import { factsOf, probeOf } from '../../support/browser/looks'
import {
  before,
  golden,
  handshakeOf,
  type Spec,
  stalledAt,
  upTo,
} from '../../support/handshakes/handshakes'
import { fires, type RuleCases, spares } from '../case'

const asked = before('authorization.requested')
const shown = upTo('consent.shown')
const coded = upTo('code.issued')
const failed = { kind: 'failed', stage: 'authorization-requested' } as const
const undecided = { kind: 'stalled', stage: 'decided' } as const
const noToken = { kind: 'stalled', stage: 'token-issued' } as const
const refused = (error: string, reason: Reason): Spec => [
  'authorization.refused',
  2000,
  'browser',
  { error, description: 'shown', reason, channel: 'page' },
]
const notRegistered = refused('invalid_request', { kind: 'redirect-uri-unregistered' })
const hasScheme: Reason = {
  kind: 'redirect-uri-unusable',
  problem: { kind: 'scheme', scheme: 'myapp' },
}
const isPlainHttp: Reason = { kind: 'redirect-uri-unusable', problem: { kind: 'plain-http' } }
const registered = (uri: string): Spec => [
  'client.registered',
  700,
  'code',
  { clientName: 'Claude Code', authMethod: 'none', redirectUris: [uri] },
]
const consentRefused = (kind: PlainReasonKind, at = 9500): Spec => [
  'consent.refused',
  at,
  'browser',
  { reason: { kind } },
]
const givenAgain = (redirectHost: string): Spec => [
  'consent.repeated',
  14_000,
  'browser',
  { clientName: 'Claude', decision: 'allowed', became: 'allowed', redirectHost },
]
const requestedHere: Spec = [
  'authorization.requested',
  2000,
  'browser',
  { scope: 'claudeai', redirectHost: 'claude.ai' },
]
const lost = (because: CookieLoss): Spec => [
  'cookie.lost',
  2500,
  'browser',
  { what: 'sign-in', reason: { kind: 'cookie-lost', because }, origin: 'http://192.168.1.5:3000' },
]
const heldYes: Spec = ['consent.held', 9500, 'browser', { scope: 'claudeai' }]
const approvedYes: Spec = ['consent.approved', 9800, 'browser', { scope: 'claudeai' }]
const document = (reason: Reason, served: string): Spec => [
  'document.refused',
  1500,
  'browser',
  { reason, served },
]
const away = (failure: FetchFailure): Reason => ({ kind: 'document-away', failure })
const wall = away({ kind: 'status', status: 403 })
const hasSecret: Reason = { kind: 'document-unusable', problem: 'secret' }
const formAction = {
  headers: { 'content-security-policy': "default-src 'self'; form-action 'self'" },
}

const untrusted = {
  what: 'the sign-in provider Okta',
  at: 'sso.internal:443',
  tls: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
}

/** What can go wrong between the browser's arrival and the code. */
export const authorizeCases: readonly RuleCases[] = [
  {
    rule: 'consent-denied',
    situations: [
      fires('a no', 'confirmed', {
        handshake: handshakeOf(
          [...shown, ['consent.denied', 8000, 'browser', { clientName: 'Claude' }]],
          { kind: 'refused-by-operator' },
        ),
      }),
      spares('a yes', { handshake: handshakeOf(coded, noToken) }),
    ],
  },
  {
    rule: 'resource-rejected',
    situations: [
      fires('another address', 'confirmed', {
        handshake: handshakeOf(
          [...asked, refused('invalid_target', { kind: 'resource-unknown' })],
          failed,
        ),
      }),
      spares('a second try that went well', {
        handshake: handshakeOf(
          [
            ...asked,
            refused('invalid_target', { kind: 'resource-unknown' }),
            ...golden.slice(4, 5),
          ],
          undecided,
        ),
      }),
    ],
  },
  {
    rule: 'redirect-uri-loopback-host',
    situations: [
      fires('another host of this machine', 'likely', {
        handshake: handshakeOf(
          [registered('http://localhost:51703/callback'), notRegistered],
          failed,
        ),
      }),
      spares('an address on the web', {
        handshake: handshakeOf([...asked, notRegistered], failed),
      }),
      spares('http elsewhere', {
        handshake: handshakeOf(
          [registered('http://localhost:51703/callback'), refused('invalid_request', isPlainHttp)],
          failed,
        ),
      }),
    ],
  },
  {
    rule: 'dcr-redirect-host-refused',
    situations: [
      fires('a client made by hand', 'confirmed', {
        handshake: handshakeOf([notRegistered], failed),
      }),
      spares('an address of this machine', {
        handshake: handshakeOf(
          [registered('http://localhost:51703/callback'), notRegistered],
          failed,
        ),
      }),
      spares('one that is registered, and refused', {
        handshake: handshakeOf([refused('invalid_request', hasScheme)], failed),
      }),
    ],
  },
  {
    rule: 'redirect-uri-refused',
    situations: [
      fires('a scheme that a system may run', 'confirmed', {
        handshake: handshakeOf(
          [registered('myapp://callback'), refused('invalid_request', hasScheme)],
          failed,
        ),
      }),
      fires('http elsewhere', 'confirmed', {
        handshake: handshakeOf([refused('invalid_request', isPlainHttp)], failed),
      }),
      spares('one that is not registered', {
        handshake: handshakeOf([registered('https://app.example.com/cb'), notRegistered], failed),
      }),
    ],
  },
  {
    rule: 'stale-client-id',
    situations: [
      fires('at /authorize', 'confirmed', {
        handshake: handshakeOf(
          [refused('unauthorized_client', { kind: 'client-unknown' })],
          failed,
        ),
      }),
      fires('at /token', 'confirmed', {
        handshake: handshakeOf(
          [
            [
              'token.refused',
              0,
              'python',
              { error: 'invalid_client', reason: { kind: 'client-unknown' } },
            ],
          ],
          { kind: 'failed', stage: 'token-issued' },
        ),
      }),
      spares('a disabled client', {
        handshake: handshakeOf(
          [refused('unauthorized_client', { kind: 'client-disabled' })],
          failed,
        ),
      }),
    ],
  },
  {
    rule: 'cimd-fetch-403',
    situations: [
      fires('a bot wall', 'confirmed', {
        handshake: handshakeOf([document(wall, 'nothing')], failed),
      }),
      fires('no way out', 'confirmed', {
        handshake: handshakeOf(
          [document(away({ kind: 'unresolved', host: 'claude.ai' }), 'nothing')],
          failed,
        ),
      }),
      fires('another port', 'confirmed', {
        handshake: handshakeOf([document(away({ kind: 'port' }), 'nothing')], failed),
      }),
      fires('too much asked of this server', 'confirmed', {
        handshake: handshakeOf([document(away({ kind: 'busy' }), 'nothing')], failed),
      }),
      spares('a copy was at hand', {
        handshake: handshakeOf([document(wall, 'pinned copy')], undecided),
      }),
      spares('a document that is wrong', {
        handshake: handshakeOf([document(hasSecret, 'nothing')], failed),
      }),
    ],
  },
  {
    rule: 'cimd-doc-rejected',
    situations: [
      fires('a document that is wrong', 'confirmed', {
        handshake: handshakeOf([document(hasSecret, 'nothing')], failed),
      }),
      spares('a bot wall', {
        handshake: handshakeOf([document(wall, 'nothing')], failed),
      }),
    ],
  },
  {
    rule: 'csp-form-action',
    situations: [
      fires('a second press, and a policy', 'confirmed', {
        handshake: handshakeOf([...coded, consentRefused('consent-decided', 14_000)], noToken),
        now: 40_000,
        facts: factsOf({ probe: probeOf({ jwks: formAction }) }),
      }),
      fires('a policy', 'likely', {
        handshake: handshakeOf(coded, noToken),
        now: 40_000,
        facts: factsOf({ probe: probeOf({ jwks: formAction }) }),
      }),
      fires('a second press', 'possible', {
        handshake: handshakeOf([...coded, consentRefused('consent-decided', 14_000)], noToken),
        now: 40_000,
      }),
      fires('a second press that led the same way, and a policy', 'confirmed', {
        handshake: handshakeOf([...coded, givenAgain('claude.ai')], noToken),
        now: 40_000,
        facts: factsOf({ probe: probeOf({ jwks: formAction }) }),
      }),
      spares('neither', { handshake: handshakeOf(coded, noToken), now: 40_000 }),
      spares('five seconds', {
        handshake: handshakeOf([...coded, consentRefused('consent-decided', 10_000)], noToken),
        now: 14_000,
      }),
    ],
  },
  {
    rule: 'consent-txn-expired',
    situations: [
      fires('half an hour later', 'confirmed', {
        handshake: handshakeOf([...shown, consentRefused('consent-expired', 1_900_000)], undecided),
      }),
      spares('decided before', {
        handshake: handshakeOf([...shown, consentRefused('consent-decided')], undecided),
      }),
    ],
  },
  {
    rule: 'consent-cookie-lost',
    situations: [
      fires('another person', 'likely', {
        handshake: handshakeOf([...shown, consentRefused('consent-csrf')], undecided),
      }),
      ...(['scheme', 'host', 'blocked'] as const).map((because) =>
        fires(`a sign-in that was not kept: ${because}`, 'confirmed', {
          handshake: handshakeOf([...asked, requestedHere, lost(because)], {
            kind: 'stalled',
            stage: 'signed-in',
          }),
        }),
      ),
      spares('a sign-in that was kept after all', {
        handshake: handshakeOf([lost('blocked'), ...shown], undecided),
      }),
      fires('nobody', 'likely', {
        handshake: handshakeOf(
          [
            ...shown,
            [
              'exchange.answered',
              9000,
              'browser',
              { endpoint: 'consent decision' },
              { status: 303, path: '/consent/int_A/decision' },
            ],
          ],
          undecided,
        ),
      }),
      spares('expired', {
        handshake: handshakeOf([...shown, consentRefused('consent-expired')], undecided),
      }),
    ],
  },
  {
    rule: 'other-server-untrusted',
    situations: [
      fires('a provider with a certificate of its own authority', 'confirmed', {
        facts: factsOf({ probe: probeOf({}, { others: [untrusted] }) }),
      }),
      fires('somebody who could not sign in with it', 'confirmed', {
        handshake: handshakeOf(
          [
            ...upTo('authorization.requested'),
            [
              'operator.refused',
              5000,
              'browser',
              {
                reason: {
                  kind: 'provider-untrusted',
                  provider: 'Okta',
                  tls: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
                },
              },
            ],
          ],
          stalledAt('authorization-requested'),
        ),
        facts: factsOf({ probe: probeOf({}, { others: [untrusted] }) }),
      }),
      spares('a provider that is trusted', {
        facts: factsOf({ probe: probeOf({}, { others: [{ ...untrusted, tls: null }] }) }),
      }),
      spares('somebody whose password was wrong', {
        handshake: handshakeOf(
          [
            ...upTo('authorization.requested'),
            ['operator.refused', 5000, 'browser', { reason: { kind: 'password-wrong' } }],
          ],
          stalledAt('authorization-requested'),
        ),
        facts: factsOf({ probe: probeOf({}, { others: [untrusted] }) }),
      }),
    ],
  },
  {
    rule: 'sign-in-refused',
    situations: [
      fires('a wrong password', 'confirmed', {
        handshake: handshakeOf(
          [
            ...upTo('authorization.requested'),
            ['operator.refused', 5000, 'browser', { reason: { kind: 'password-wrong' } }],
          ],
          { kind: 'stalled', stage: 'signed-in' },
        ),
      }),
      spares('the second one was right', {
        handshake: handshakeOf(
          [...shown, ['operator.refused', 4000, 'browser', { reason: { kind: 'password-wrong' } }]],
          undecided,
        ),
      }),
    ],
  },
  {
    rule: 'login-bounces-home',
    situations: [
      fires('signed in, and no page', 'likely', {
        handshake: handshakeOf(upTo('operator.signed-in'), {
          kind: 'stalled',
          stage: 'consent-shown',
        }),
        now: 60_000,
      }),
      spares('the page came', { handshake: handshakeOf(shown, undecided), now: 60_000 }),
      spares('a second ago', {
        handshake: handshakeOf(upTo('operator.signed-in'), { kind: 'in-progress' }),
        now: 6000,
      }),
    ],
  },
  {
    rule: 'consent-unanswered',
    situations: [
      fires('ten minutes', 'likely', { handshake: handshakeOf(shown, undecided), now: 600_000 }),
      spares('one minute', { handshake: handshakeOf(shown, { kind: 'in-progress' }), now: 65_000 }),
      spares('a yes', { handshake: handshakeOf(coded, noToken), now: 600_000 }),
      fires('a yes that no operator has approved', 'confirmed', {
        handshake: handshakeOf([...shown, heldYes], undecided),
        now: 15_000,
      }),
      fires('a yes that was approved too late', 'likely', {
        handshake: handshakeOf([...shown, heldYes, approvedYes], undecided),
        now: 120_000,
      }),
      spares('a yes that was approved a moment ago', {
        handshake: handshakeOf([...shown, heldYes, approvedYes], { kind: 'in-progress' }),
        now: 12_000,
      }),
      spares('a yes that was approved in time', {
        handshake: handshakeOf(
          [...shown, heldYes, approvedYes, ...coded.slice(shown.length)],
          noToken,
        ),
        now: 600_000,
      }),
    ],
  },
  {
    rule: 'code-never-redeemed',
    situations: [
      fires('half a minute', 'likely', { handshake: handshakeOf(coded, noToken), now: 45_000 }),
      fires('an answer that was sent again', 'likely', {
        handshake: handshakeOf([...coded, givenAgain('claude.ai')], noToken),
        now: 45_000,
      }),
      spares('two seconds', {
        handshake: handshakeOf(coded, { kind: 'in-progress' }),
        now: 11_000,
      }),
      spares('it came and was refused', {
        handshake: handshakeOf(
          [
            ...coded,
            [
              'token.refused',
              9700,
              'python',
              { error: 'invalid_grant', reason: { kind: 'code-unknown' } },
            ],
          ],
          noToken,
        ),
        now: 45_000,
      }),
    ],
  },
  {
    rule: 'sign-in-abandoned',
    situations: [
      fires('ten minutes', 'possible', {
        handshake: handshakeOf(upTo('authorization.requested'), {
          kind: 'stalled',
          stage: 'signed-in',
        }),
        now: 600_000,
      }),
      spares('somebody signed in', { handshake: handshakeOf(shown, undecided), now: 600_000 }),
    ],
  },
]
