import type { PlainReasonKind } from '@/lib/reasons'
import { factsOf } from '../../support/browser/looks'
import {
  began,
  golden,
  handshakeOf,
  type Spec,
  tokenAt,
  upTo,
} from '../../support/handshakes/handshakes'
import { fires, type RuleCases, spares } from '../case'

const issued = upTo('token.issued')
const healthy = handshakeOf(golden, { kind: 'connected' })

/** After the token, one more event. */
const then = (...more: readonly Spec[]) => handshakeOf([...issued, ...more])
const rejected = (kind: PlainReasonKind, madeFor?: string): Spec => [
  'mcp.challenged',
  tokenAt + 500,
  'claude',
  { error: 'invalid_token', reason: { kind }, ...(madeFor ? { madeFor } : {}) },
]
const endOfLife = (after: number): Spec => [
  'mcp.challenged',
  tokenAt + after,
  'claude',
  { error: 'invalid_token', reason: { kind: 'token-expired' } },
]
const refused = (detail: object, status: number): Spec => [
  'mcp.refused',
  tokenAt + 500,
  'claude',
  { ...detail },
  { status },
]
const bare: Spec = [
  'mcp.challenged',
  tokenAt + 500,
  'claude',
  { reason: { kind: 'no-credentials' } },
]

/** What can go wrong with a first MCP request that arrives. */
export const endpointCases: readonly RuleCases[] = [
  {
    rule: 'origin-host-check',
    situations: [
      fires('a host name that is not the set one', 'confirmed', {
        handshake: then(
          refused(
            {
              reason: { kind: 'host-not-allowed', own: 'http://localhost:3000' },
            },
            403,
          ),
        ),
      }),
      fires('a page of a foreign origin', 'confirmed', {
        handshake: then(refused({ reason: { kind: 'origin-not-allowed' } }, 403)),
      }),
      spares('another 403', {
        handshake: then(refused({ reason: { kind: 'scope-insufficient' } }, 403)),
      }),
    ],
  },
  {
    rule: 'connection-ended',
    situations: [
      fires('a paused grant', 'confirmed', { handshake: then(rejected('grant-paused')) }),
      fires('a disabled client at /authorize', 'confirmed', {
        handshake: handshakeOf(
          [
            [
              'authorization.refused',
              0,
              'browser',
              { error: 'unauthorized_client', reason: { kind: 'client-disabled' } },
            ],
          ],
          { kind: 'failed', stage: 'authorization-requested' },
        ),
      }),
      spares('a grant that was revoked because its code came twice', {
        handshake: then(
          ['grant.revoked', tokenAt + 400, 'python', { reason: { kind: 'code-replayed' } }],
          rejected('grant-revoked'),
        ),
      }),
      fires('a revoked grant after a good connection', 'confirmed', {
        handshake: handshakeOf(
          [
            ...golden,
            [
              'mcp.challenged',
              90_000,
              'claude',
              { error: 'invalid_token', reason: { kind: 'grant-revoked' } },
            ],
          ],
          { kind: 'connected' },
        ),
      }),
      spares('paused and resumed', {
        handshake: handshakeOf(
          [
            ...golden,
            [
              'mcp.challenged',
              90_000,
              'claude',
              { error: 'invalid_token', reason: { kind: 'grant-paused' } },
            ],
            ['mcp.called', 95_000, 'claude', { tool: 'whoami', isError: false }],
          ],
          { kind: 'connected' },
        ),
      }),
      spares('a token that has expired', { handshake: then(rejected('token-expired')) }),
    ],
  },
  {
    rule: 'address-changed',
    situations: [
      fires('a token of the earlier address, after a restart', 'confirmed', {
        handshake: then(rejected('token-issuer', 'https://former.example/mcp')),
        facts: factsOf({ startedAt: began + tokenAt + 100 }),
      }),
      fires('a refresh token of the earlier address, of a good connection', 'confirmed', {
        handshake: handshakeOf(
          [
            ...golden,
            [
              'token.refused',
              7_200_000,
              'python',
              {
                error: 'invalid_grant',
                reason: { kind: 'address-changed' },
                madeFor: 'https://former.example/mcp',
              },
            ],
          ],
          { kind: 'connected' },
        ),
        facts: factsOf({ startedAt: null }),
      }),
      spares('what was issued since the start: instances differ', {
        handshake: then(rejected('token-issuer', 'https://former.example/mcp')),
        facts: factsOf({ startedAt: began - 1000 }),
      }),
      spares('a token that has expired', { handshake: then(rejected('token-expired')) }),
    ],
  },
  {
    rule: 'audience-mismatch',
    situations: [
      spares('an earlier address, which is told by its own rule', {
        handshake: then(rejected('token-audience', 'https://former.example/mcp')),
        facts: factsOf({ startedAt: began + tokenAt + 100 }),
      }),
      fires('a token for another address', 'confirmed', {
        handshake: then(rejected('token-audience')),
      }),
      spares('another reason', { handshake: then(rejected('token-issuer')) }),
    ],
  },
  {
    rule: 'opaque-vs-jwt',
    situations: [
      fires('something that is no JWT', 'likely', { handshake: then(rejected('token-malformed')) }),
      spares('a JWT of somebody else', { handshake: then(rejected('token-key')) }),
    ],
  },
  {
    rule: 'clock-skew',
    situations: [
      fires('a token that is dead on arrival', 'likely', {
        handshake: then(rejected('token-expired')),
      }),
      fires('and a clock that is wrong', 'confirmed', {
        handshake: then(rejected('token-expired')),
        facts: factsOf({ clockSkewMs: 120_000 }),
      }),
      fires('a clock that is wrong, on its own', 'likely', {
        facts: factsOf({ clockSkewMs: -90_000 }),
      }),
      fires('a clock that jumped two hours ahead in between', 'confirmed', {
        handshake: then(endOfLife(7_200_500)),
        facts: factsOf({ clockSkewMs: 7_200_000 }),
      }),
      spares('a token at the end of its life, by a clock that is a little ahead', {
        handshake: then(endOfLife(3_700_000)),
        facts: factsOf({ clockSkewMs: 45_000 }),
      }),
      spares('a token at the end of its life', {
        handshake: then([
          'mcp.challenged',
          tokenAt + 3_600_000,
          'claude',
          { error: 'invalid_token', reason: { kind: 'token-expired' } },
        ]),
      }),
      spares('a second more or less', { facts: factsOf({ clockSkewMs: 1200 }) }),
    ],
  },
  {
    rule: 'mcp-rejects-own-token',
    situations: [
      fires('a key of another instance', 'confirmed', { handshake: then(rejected('token-key')) }),
      fires('a token of another database', 'confirmed', {
        handshake: then(rejected('token-unknown')),
      }),
      spares('a request without a token', { handshake: then(bare) }),
      spares('a refusal minutes later', {
        handshake: then([
          'mcp.challenged',
          tokenAt + 300_000,
          'claude',
          { error: 'invalid_token', reason: { kind: 'token-key' } },
        ]),
      }),
    ],
  },
  {
    rule: 'tenant-or-session-mismatch',
    situations: [
      fires('a scope that was not granted', 'confirmed', {
        handshake: then(refused({ reason: { kind: 'scope-insufficient' } }, 403)),
      }),
      spares('a foreign origin', {
        handshake: then(refused({ reason: { kind: 'origin-not-allowed' } }, 403)),
      }),
    ],
  },
  {
    rule: 'slow-initialize',
    situations: [
      fires('more than Claude waits', 'confirmed', {
        handshake: then([
          'mcp.initialized',
          tokenAt + 11_000,
          'claude',
          { method: 'initialize' },
          { durationMs: 10_400 },
        ]),
      }),
      fires('almost as long', 'likely', {
        handshake: then([
          'mcp.discovered',
          tokenAt + 9000,
          'claude',
          { method: 'server/discover' },
          { durationMs: 8500 },
        ]),
      }),
      fires('which counts as connected, and nothing followed', 'confirmed', {
        handshake: handshakeOf(
          [
            ...issued,
            [
              'mcp.initialized',
              tokenAt + 11_000,
              'claude',
              { method: 'initialize' },
              { durationMs: 10_400 },
            ],
          ],
          { kind: 'connected' },
        ),
      }),
      spares('nine seconds, and the tools were listed', {
        handshake: then(
          [
            'mcp.initialized',
            tokenAt + 9500,
            'claude',
            { method: 'initialize' },
            { durationMs: 9000 },
          ],
          ['mcp.listed', tokenAt + 9900, 'claude', { method: 'tools/list' }],
        ),
      }),
      spares('three seconds', {
        handshake: then([
          'mcp.initialized',
          tokenAt + 4000,
          'claude',
          { method: 'initialize' },
          { durationMs: 3000 },
        ]),
      }),
      spares('a connection that came about', { handshake: healthy }),
    ],
  },
  {
    rule: 'accept-star-406',
    situations: [
      fires('406', 'confirmed', {
        handshake: then(
          refused(
            { method: 'initialize', reason: { kind: 'answered-with-error', status: 406 } },
            406,
          ),
        ),
      }),
      spares('405 to GET', {
        handshake: then(refused({ reason: { kind: 'answered-with-error', status: 405 } }, 405)),
      }),
    ],
  },
  {
    rule: 'header-body-version-mismatch',
    situations: [
      fires('-32020', 'confirmed', {
        handshake: then(
          refused(
            {
              method: 'tools/list',
              code: -32_020,
              reason: { kind: 'answered-with-error', status: 400 },
            },
            400,
          ),
        ),
      }),
      spares('-32600', {
        handshake: then(
          refused(
            {
              method: 'tools/list',
              code: -32_600,
              reason: { kind: 'answered-with-error', status: 400 },
            },
            400,
          ),
        ),
      }),
    ],
  },
  {
    rule: 'protocol-version-reject',
    situations: [
      fires('server/discover fails, and nothing follows', 'likely', {
        handshake: then(
          refused(
            {
              method: 'server/discover',
              reason: { kind: 'answered-with-error', status: 400 },
              code: -32_022,
            },
            400,
          ),
        ),
      }),
      spares('the client falls back', {
        handshake: then(
          refused(
            {
              method: 'server/discover',
              reason: { kind: 'answered-with-error', status: 400 },
              code: -32_601,
            },
            400,
          ),
          ['mcp.initialized', tokenAt + 900, 'claude', { method: 'initialize' }],
        ),
      }),
    ],
  },
  {
    rule: 'version-strict-initialize',
    situations: [
      fires('initialize fails', 'likely', {
        handshake: then(
          refused(
            {
              method: 'initialize',
              protocolVersion: '2025-11-25',
              reason: { kind: 'answered-with-error', status: 400 },
            },
            400,
          ),
        ),
      }),
      spares('a tool list fails', {
        handshake: then(
          refused(
            { method: 'tools/list', reason: { kind: 'answered-with-error', status: 400 } },
            400,
          ),
        ),
      }),
      spares('initialize with a strange Accept', {
        handshake: then(
          refused(
            { method: 'initialize', reason: { kind: 'answered-with-error', status: 406 } },
            406,
          ),
        ),
      }),
    ],
  },
  {
    rule: 'stale-token-after-reconnect',
    situations: [
      fires('a token of an older grant', 'likely', {
        handshake: then([
          'mcp.challenged',
          tokenAt + 500,
          'claude',
          { error: 'invalid_token', reason: { kind: 'grant-revoked' } },
          { grantId: 'grant_old' },
        ]),
      }),
      spares('a token of this grant', {
        handshake: then([
          'mcp.challenged',
          tokenAt + 500,
          'claude',
          { error: 'invalid_token', reason: { kind: 'grant-revoked' } },
          { grantId: 'grant_A' },
        ]),
      }),
    ],
  },
]
