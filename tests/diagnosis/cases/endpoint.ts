import {
  challengedWith,
  factsOf,
  golden,
  handshakeOf,
  origin,
  page,
  probeOf,
  redirect,
  silentAt,
  type Told,
  tokenAt,
  upTo,
} from '../../support/handshakes'
import { fires, type RuleCases, spares } from '../case'

const issued = upTo('token.issued')
const silent = handshakeOf(issued)
const healthy = handshakeOf(golden, { kind: 'connected' })
const cloudflare = { edgeMarks: ['cf-ray'] }
const never = { claudeUserSeen: false, claudeUserLastSeenAt: null }

/** After the token, one more event. */
const then = (...more: readonly Told[]) => handshakeOf([...issued, ...more])
const rejected = (reason: string, detail = {}): Told => [
  'mcp.challenged',
  tokenAt + 500,
  'claude',
  { error: 'invalid_token', reason, ...detail },
]
const refused = (detail: object, status: number): Told => [
  'mcp.refused',
  tokenAt + 500,
  'claude',
  { ...detail },
  { status },
]
const bare: Told = ['mcp.challenged', tokenAt + 500, 'claude', { reason: 'no credentials' }]
const refresh: Told = ['token.refreshed', tokenAt + 1150, 'python', { scope: 'claudeai' }]
const blocked = probeOf({ 'challenge-post-claude-user': page(403, 'Your request was blocked.') })
const bearerLost = probeOf({
  'bearer-echo': challengedWith(
    `Bearer resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp"`,
  ),
})

/** The tree of “token issued, and then silence”, and what else can go wrong at /mcp. */
export const endpointCases: readonly RuleCases[] = [
  {
    rule: 'origin-host-check',
    situations: [
      fires('a host name that is not the set one', 'confirmed', {
        handshake: then(
          refused(
            {
              reason:
                'host not allowed: this server is set to http://localhost:3000, see PORTICO_URL',
            },
            403,
          ),
        ),
      }),
      fires('a page of a foreign origin', 'confirmed', {
        handshake: then(refused({ reason: 'origin not allowed' }, 403)),
      }),
      spares('another 403', { handshake: then(refused({ reason: 'insufficient_scope' }, 403)) }),
    ],
  },
  {
    rule: 'connection-ended',
    situations: [
      fires('a paused grant', 'confirmed', { handshake: then(rejected('grant paused')) }),
      fires('a disabled client at /authorize', 'confirmed', {
        handshake: handshakeOf(
          [
            [
              'authorization.refused',
              0,
              'browser',
              { error: 'unauthorized_client', reason: 'this client was disabled' },
            ],
          ],
          { kind: 'failed', stage: 'authorization-requested' },
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
              { error: 'invalid_token', reason: 'grant revoked' },
            ],
          ],
          { kind: 'connected' },
        ),
      }),
      spares('a token that has expired', { handshake: then(rejected('expired')) }),
    ],
  },
  {
    rule: 'audience-mismatch',
    situations: [
      fires('a token for another address', 'confirmed', {
        handshake: then(rejected('wrong audience')),
      }),
      spares('another reason', { handshake: then(rejected('wrong issuer')) }),
    ],
  },
  {
    rule: 'opaque-vs-jwt',
    situations: [
      fires('something that is no JWT', 'likely', { handshake: then(rejected('malformed')) }),
      spares('a JWT of somebody else', { handshake: then(rejected('unknown key')) }),
    ],
  },
  {
    rule: 'clock-skew',
    situations: [
      fires('a token that is dead on arrival', 'likely', { handshake: then(rejected('expired')) }),
      fires('and a clock that is wrong', 'confirmed', {
        handshake: then(rejected('expired')),
        facts: factsOf({ clockSkewMs: 120_000 }),
      }),
      fires('a clock that is wrong, on its own', 'likely', {
        facts: factsOf({ clockSkewMs: -90_000 }),
      }),
      spares('a token at the end of its life', {
        handshake: then([
          'mcp.challenged',
          tokenAt + 3_600_000,
          'claude',
          { error: 'invalid_token', reason: 'expired' },
        ]),
      }),
      spares('a second more or less', { facts: factsOf({ clockSkewMs: 1200 }) }),
    ],
  },
  {
    rule: 'mcp-rejects-own-token',
    situations: [
      fires('a key of another instance', 'confirmed', { handshake: then(rejected('unknown key')) }),
      fires('a token of another database', 'confirmed', {
        handshake: then(rejected('unknown token')),
      }),
      spares('a request without a token', { handshake: then(bare) }),
      spares('a refusal minutes later', {
        handshake: then([
          'mcp.challenged',
          tokenAt + 300_000,
          'claude',
          { error: 'invalid_token', reason: 'unknown key' },
        ]),
      }),
    ],
  },
  {
    rule: 'tenant-or-session-mismatch',
    situations: [
      fires('a scope that was not granted', 'confirmed', {
        handshake: then(refused({ reason: 'insufficient_scope' }, 403)),
      }),
      spares('a foreign origin', {
        handshake: then(refused({ reason: 'origin not allowed' }, 403)),
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
    rule: 'authorization-header-stripped',
    situations: [
      fires('Claude-User without its token', 'likely', { handshake: then(bare) }),
      fires('and a made-up token that got lost', 'confirmed', {
        handshake: then(bare),
        facts: factsOf({ probe: bearerLost }),
      }),
      fires('a made-up token that got lost, on its own', 'confirmed', {
        facts: factsOf({ probe: bearerLost }),
      }),
      spares('the control plane that begins anew', {
        handshake: then(['mcp.challenged', tokenAt + 500, 'python', { reason: 'no credentials' }]),
      }),
      spares('a request that came with its token', {
        handshake: then(bare, rejected('unknown key')),
      }),
      spares('the retry a minute later', {
        handshake: then([
          'mcp.challenged',
          tokenAt + 70_000,
          'claude',
          { reason: 'no credentials' },
        ]),
      }),
      spares('a connection that came about', {
        handshake: healthy,
        facts: factsOf({ probe: bearerLost }),
      }),
    ],
  },
  {
    rule: 'mcp-path-redirect-drops-auth',
    situations: [
      fires('apex to www', 'confirmed', {
        facts: factsOf({
          probe: probeOf({
            'challenge-post': redirect(301, 'https://www.portico.example.com/mcp'),
          }),
        }),
      }),
      spares('a redirect to the same host', {
        facts: factsOf({ probe: probeOf({ 'challenge-post': redirect(308, '/mcp/') }) }),
      }),
      spares('a redirect to a sign-in', {
        facts: factsOf({
          probe: probeOf({
            'challenge-post': redirect(302, 'https://accounts.google.com/o/oauth2'),
          }),
        }),
      }),
    ],
  },
  {
    rule: 'trailing-slash-redirect',
    situations: [
      fires('/mcp to /mcp/', 'confirmed', {
        facts: factsOf({ probe: probeOf({ 'challenge-post': redirect(308, '/mcp/') }) }),
      }),
      fires('/mcp/ to /mcp', 'likely', {
        facts: factsOf({ probe: probeOf({ 'trailing-slash': redirect(301, '/mcp') }) }),
      }),
      spares('a redirect elsewhere', {
        facts: factsOf({ probe: probeOf({ 'challenge-post': redirect(302, '/login') }) }),
      }),
    ],
  },
  {
    rule: 'lb-path-rule-misses-bare-path',
    situations: [
      fires('a refresh at once, and no call', 'likely', {
        handshake: then(refresh),
        now: silentAt,
      }),
      fires('and a sign-in in front of /mcp', 'confirmed', {
        handshake: then(refresh),
        now: silentAt,
        facts: factsOf({
          probe: probeOf({
            'challenge-post': redirect(302, 'https://accounts.google.com/o/oauth2/v2/auth'),
          }),
        }),
      }),
      spares('a refresh at its time', {
        handshake: then(['token.refreshed', tokenAt + 3_300_000, 'python', { scope: 'claudeai' }]),
      }),
      spares('fourteen seconds of silence', { handshake: then(refresh), now: silentAt - 1000 }),
      spares('a 401 of our own', {
        handshake: then(rejected('unknown key'), refresh),
        now: silentAt,
      }),
    ],
  },
  {
    rule: 'edge-blocks-claude-user',
    situations: [
      fires('Claude-User was never here, behind Cloudflare', 'likely', {
        handshake: silent,
        now: silentAt,
        facts: factsOf({ ...never, ...cloudflare, probe: null }),
      }),
      fires('the same request, 401 as python-httpx and 403 as Claude-User', 'confirmed', {
        handshake: silent,
        now: silentAt,
        facts: factsOf({ ...never, ...cloudflare, probe: blocked }),
      }),
      fires('the block is on, and Claude-User was here before', 'confirmed', {
        handshake: silent,
        now: silentAt,
        facts: factsOf({ ...cloudflare, probe: blocked }),
      }),
      fires('seen from outside, before anybody connects', 'confirmed', {
        facts: factsOf({ probe: blocked }),
      }),
      fires('the last Claude-User came long ago', 'possible', {
        handshake: silent,
        now: silentAt,
        facts: factsOf({ claudeUserLastSeenAt: 0, probe: null }),
      }),
      spares('fourteen seconds of silence', {
        handshake: silent,
        now: silentAt - 1000,
        facts: factsOf({ ...never, probe: null }),
      }),
      spares('Claude-User was here an hour ago', { handshake: silent, now: silentAt }),
      spares('it refreshed at once', {
        handshake: then(refresh),
        now: silentAt,
        facts: factsOf({ ...never, probe: null }),
      }),
      spares('Claude-User passes from outside', {
        handshake: silent,
        now: silentAt,
        facts: factsOf(never),
      }),
      spares('the call came late', {
        handshake: handshakeOf(
          [...issued, ['mcp.initialized', silentAt + 2000, 'claude', { method: 'initialize' }]],
          { kind: 'connected' },
        ),
        now: silentAt + 3000,
        facts: factsOf({ ...never, probe: blocked }),
      }),
      spares('a client that is not hosted', {
        handshake: handshakeOf(
          issued.map(
            ([name, at, who, ...rest]): Told => [
              name,
              at,
              who === 'python' ? 'code' : who,
              ...rest,
            ],
          ),
          { kind: 'stalled', stage: 'first-mcp-request' },
          'claude-code',
        ),
        now: silentAt,
        facts: factsOf({ ...never, probe: null }),
      }),
    ],
  },
  {
    rule: 'host-waf-blocks-bearer',
    situations: [
      fires('Claude-User was here before, behind an edge', 'likely', {
        handshake: silent,
        now: silentAt,
        facts: factsOf(cloudflare),
      }),
      fires('nothing is known to stand in front', 'possible', { handshake: silent, now: silentAt }),
      fires('a made-up token is answered with 403', 'confirmed', {
        handshake: silent,
        now: silentAt,
        facts: factsOf({ probe: probeOf({ 'bearer-echo': page(403, 'Forbidden') }) }),
      }),
      spares('Claude-User was never here', {
        handshake: silent,
        now: silentAt,
        facts: factsOf(never),
      }),
      spares('a call that was refused here', {
        handshake: then(rejected('unknown key')),
        now: silentAt,
      }),
    ],
  },
  {
    rule: 'cached-mcp-response',
    situations: [
      fires('a hit', 'confirmed', {
        facts: factsOf({
          probe: probeOf({ 'challenge-get': { headers: { 'x-cache': 'HIT' }, status: 405 } }),
        }),
      }),
      spares('a miss', {
        facts: factsOf({
          probe: probeOf({
            'challenge-get': { headers: { 'x-cache': 'MISS', age: '0' }, status: 405 },
          }),
        }),
      }),
      spares('a cached document', {
        facts: factsOf({
          probe: probeOf({ 'server-metadata': { headers: { 'x-cache': 'HIT' } } }),
        }),
      }),
    ],
  },
  {
    rule: 'accept-star-406',
    situations: [
      fires('406', 'confirmed', {
        handshake: then(refused({ method: 'initialize', reason: 'HTTP 406' }, 406)),
      }),
      spares('405 to GET', { handshake: then(refused({ reason: 'HTTP 405' }, 405)) }),
    ],
  },
  {
    rule: 'header-body-version-mismatch',
    situations: [
      fires('-32020', 'confirmed', {
        handshake: then(refused({ method: 'tools/list', code: -32_020, reason: 'HTTP 400' }, 400)),
      }),
      spares('-32600', {
        handshake: then(refused({ method: 'tools/list', code: -32_600, reason: 'HTTP 400' }, 400)),
      }),
    ],
  },
  {
    rule: 'protocol-version-reject',
    situations: [
      fires('server/discover fails, and nothing follows', 'likely', {
        handshake: then(
          refused({ method: 'server/discover', reason: 'HTTP 400', code: -32_022 }, 400),
        ),
      }),
      spares('the client falls back', {
        handshake: then(
          refused({ method: 'server/discover', reason: 'HTTP 400', code: -32_601 }, 400),
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
          refused({ method: 'initialize', protocolVersion: '2025-11-25', reason: 'HTTP 400' }, 400),
        ),
      }),
      spares('a tool list fails', {
        handshake: then(refused({ method: 'tools/list', reason: 'HTTP 400' }, 400)),
      }),
      spares('initialize with a strange Accept', {
        handshake: then(refused({ method: 'initialize', reason: 'HTTP 406' }, 406)),
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
          { error: 'invalid_token', reason: 'grant revoked' },
          { grantId: 'grant_old' },
        ]),
      }),
      spares('a token of this grant', {
        handshake: then([
          'mcp.challenged',
          tokenAt + 500,
          'claude',
          { error: 'invalid_token', reason: 'grant revoked' },
          { grantId: 'grant_A' },
        ]),
      }),
    ],
  },
  {
    rule: 'oauth-ok-tokenless-post',
    situations: [
      fires('the control plane asks anew at once', 'possible', {
        handshake: then(['mcp.challenged', tokenAt + 900, 'python', { reason: 'no credentials' }]),
      }),
      spares('the retry a minute later', {
        handshake: then([
          'mcp.challenged',
          tokenAt + 70_000,
          'python',
          { reason: 'no credentials' },
        ]),
      }),
      spares('a connection that came about', { handshake: healthy }),
    ],
  },
]
