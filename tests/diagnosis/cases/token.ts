import type { Reason } from '@/lib/reasons'
import { factsOf } from '../../support/browser/looks'
import { golden, handshakeOf, type Spec, tokenAt, upTo } from '../../support/handshakes/handshakes'
import { fires, type RuleCases, spares } from '../case'

const coded = upTo('code.issued')
const failed = { kind: 'failed', stage: 'token-issued' } as const
const refusal = (error: string, reason: Reason, at = tokenAt): Spec => [
  'token.refused',
  at,
  'python',
  { error, description: 'shown', reason },
]
const after = (...more: readonly Spec[]) => handshakeOf([...coded, ...more], failed)
const refusedFor = (reason: Reason, error = 'invalid_grant') => after(refusal(error, reason))
/** Refused, tried again, issued. */
const overcome = (reason: Reason) =>
  handshakeOf([...coded, refusal('invalid_grant', reason, tokenAt - 100), ...golden.slice(-5, -4)])
const connected = { kind: 'connected' } as const

/** What can go wrong at the token endpoint. */
export const tokenCases: readonly RuleCases[] = [
  {
    rule: 'server-fault',
    situations: [
      fires('a database that is gone', 'confirmed', {
        handshake: after([
          'exchange.failed',
          tokenAt,
          'python',
          { message: 'Invalid `prisma.user.findMany()` invocation', database: true },
          { status: 500, path: '/token' },
        ]),
      }),
      spares('a refusal', { handshake: refusedFor({ kind: 'code-unknown' }) }),
    ],
  },
  {
    rule: 'database-away',
    situations: [
      fires('a database that was away', 'confirmed', {
        handshake: after([
          'request.unavailable',
          tokenAt,
          'python',
          { reason: { kind: 'database-away' } },
          { status: 503, path: '/token' },
        ]),
      }),
      spares('a refusal', { handshake: refusedFor({ kind: 'code-unknown' }) }),
    ],
  },
  {
    rule: 'pkce-mismatch',
    situations: [
      fires('a verifier of another request', 'confirmed', {
        handshake: refusedFor({ kind: 'verifier-mismatch' }),
      }),
      fires('no verifier', 'confirmed', {
        handshake: refusedFor(
          { kind: 'parameter-missing', parameter: 'code_verifier' },
          'invalid_request',
        ),
      }),
      spares('another reason', { handshake: refusedFor({ kind: 'code-expired' }) }),
      spares('a second try that went well', {
        handshake: overcome({ kind: 'verifier-mismatch' }),
      }),
    ],
  },
  {
    rule: 'code-reuse',
    situations: [
      fires('a replay', 'confirmed', {
        handshake: after(['code.replayed', tokenAt + 900, 'python', { revoked: true }]),
      }),
      spares('a code nobody knows', { handshake: refusedFor({ kind: 'code-unknown' }) }),
    ],
  },
  {
    rule: 'code-expired',
    situations: [
      fires('two minutes later', 'confirmed', {
        handshake: after(refusal('invalid_grant', { kind: 'code-expired' }, 130_000)),
      }),
      fires('a second later: clocks disagree', 'confirmed', {
        handshake: refusedFor({ kind: 'code-expired' }),
      }),
      spares('an expired refresh token', {
        handshake: refusedFor({ kind: 'refresh-token-expired' }),
      }),
    ],
  },
  {
    rule: 'code-other-instance',
    situations: [
      fires('issued here, unknown here', 'likely', {
        handshake: refusedFor({ kind: 'code-unknown' }),
      }),
      fires('never issued here', 'possible', {
        handshake: handshakeOf([refusal('invalid_grant', { kind: 'code-unknown' }, 0)], failed),
      }),
      spares('a second try that went well', { handshake: overcome({ kind: 'code-unknown' }) }),
    ],
  },
  {
    rule: 'token-needs-secret',
    situations: [
      fires('no secret', 'confirmed', {
        handshake: refusedFor({ kind: 'client-secret-missing' }, 'invalid_client'),
      }),
      fires('a wrong secret', 'confirmed', {
        handshake: refusedFor({ kind: 'client-secret-wrong' }, 'invalid_client'),
      }),
      spares('an unknown client', {
        handshake: refusedFor({ kind: 'client-unknown' }, 'invalid_client'),
      }),
    ],
  },
  {
    rule: 'token-json-only-parser',
    situations: [
      fires('no form', 'confirmed', {
        handshake: refusedFor(
          { kind: 'form-unreadable', problem: 'wrong content type' },
          'invalid_request',
        ),
      }),
      spares('a form without a code', {
        handshake: refusedFor({ kind: 'parameter-missing', parameter: 'code' }, 'invalid_request'),
      }),
    ],
  },
  {
    rule: 'invalid-scope-asks-all',
    situations: [
      fires('more than was granted', 'confirmed', {
        handshake: refusedFor({ kind: 'scope-exceeds-grant' }, 'invalid_scope'),
      }),
      spares('another refusal', { handshake: refusedFor({ kind: 'code-unknown' }) }),
    ],
  },
  {
    rule: 'token-slow',
    situations: [
      fires('eleven seconds', 'confirmed', {
        handshake: after([
          'token.issued',
          tokenAt + 11_000,
          'python',
          { scope: 'claudeai' },
          { durationMs: 11_000 },
        ]),
      }),
      spares('two seconds', {
        handshake: after([
          'token.issued',
          tokenAt,
          'python',
          { scope: 'claudeai' },
          { durationMs: 2000 },
        ]),
      }),
    ],
  },
  {
    rule: 'token-rate-limited',
    situations: [
      fires('too many failures', 'confirmed', {
        handshake: after([
          'request.throttled',
          tokenAt,
          'python',
          { reason: { kind: 'too-many-failed-token-requests' }, retryAfter: 30 },
          { status: 429 },
        ]),
      }),
      spares('too many registrations', {
        handshake: after([
          'request.throttled',
          tokenAt,
          'python',
          { reason: { kind: 'too-many-registrations' }, retryAfter: 30 },
          { status: 429 },
        ]),
      }),
    ],
  },
  {
    rule: 'refresh-rotation-race',
    situations: [
      fires('a reuse long after', 'likely', {
        handshake: handshakeOf(
          [...golden, ['token.reused', 4_000_000, 'python', { refreshTokenId: 'rt_A' }]],
          connected,
        ),
      }),
      spares('a race within the grace window', {
        handshake: handshakeOf(
          [...golden, ['token.refreshed', 3_300_000, 'python', { scope: 'claudeai', grace: true }]],
          connected,
        ),
      }),
    ],
  },
  {
    rule: 'refresh-not-attempted',
    situations: [
      fires('expired, and nothing for five minutes', 'likely', {
        handshake: handshakeOf(
          [
            ...golden,
            [
              'mcp.challenged',
              3_700_000,
              'claude',
              { error: 'invalid_token', reason: { kind: 'token-expired' } },
            ],
          ],
          connected,
        ),
        now: 4_100_000,
        facts: factsOf(),
      }),
      spares('expired, and refreshed', {
        handshake: handshakeOf(
          [
            ...golden,
            [
              'mcp.challenged',
              3_700_000,
              'claude',
              { error: 'invalid_token', reason: { kind: 'token-expired' } },
            ],
            ['token.refreshed', 3_701_000, 'python', { scope: 'claudeai' }],
          ],
          connected,
        ),
        now: 4_100_000,
      }),
      spares('expired a minute ago', {
        handshake: handshakeOf(
          [
            ...golden,
            [
              'mcp.challenged',
              3_700_000,
              'claude',
              { error: 'invalid_token', reason: { kind: 'token-expired' } },
            ],
          ],
          connected,
        ),
        now: 3_760_000,
      }),
    ],
  },
  {
    rule: 'result-too-big-or-slow',
    situations: [
      fires('half a megabyte', 'confirmed', {
        handshake: handshakeOf(
          [
            ...golden,
            ['mcp.called', 60_000, 'claude', { tool: 'export', isError: false, bytes: 500_000 }],
          ],
          connected,
        ),
      }),
      fires('five minutes', 'confirmed', {
        handshake: handshakeOf(
          [
            ...golden,
            [
              'mcp.called',
              400_000,
              'claude',
              { tool: 'export', isError: false },
              { durationMs: 300_000 },
            ],
          ],
          connected,
        ),
      }),
      spares('an ordinary call', {
        handshake: handshakeOf(
          [
            ...golden,
            ['mcp.called', 60_000, 'claude', { tool: 'whoami', isError: false, bytes: 400 }],
          ],
          connected,
        ),
      }),
    ],
  },
]
