import type { PlainReasonKind } from '@/lib/reasons'
import { challengedWith, factsOf, page, probeOf, redirect } from '../../support/browser/looks'
import {
  golden,
  handshakeOf,
  origin,
  type Spec,
  silentAt,
  tokenAt,
  upTo,
} from '../../support/handshakes/handshakes'
import { fires, type RuleCases, spares } from '../case'

const issued = upTo('token.issued')
const silent = handshakeOf(issued)
const healthy = handshakeOf(golden, { kind: 'connected' })
const cloudflare = { edgeMarks: ['cf-ray'] }
const never = { claudeUserSeen: false, claudeUserLastSeenAt: null }

/** After the token, one more event. */
const then = (...more: readonly Spec[]) => handshakeOf([...issued, ...more])
const rejected = (kind: PlainReasonKind): Spec => [
  'mcp.challenged',
  tokenAt + 500,
  'claude',
  { error: 'invalid_token', reason: { kind } },
]
const bare: Spec = [
  'mcp.challenged',
  tokenAt + 500,
  'claude',
  { reason: { kind: 'no-credentials' } },
]
const refresh: Spec = ['token.refreshed', tokenAt + 1150, 'python', { scope: 'claudeai' }]
const blocked = probeOf({ 'challenge-post-claude-user': page(403, 'Your request was blocked.') })
const bearerLost = probeOf({
  'bearer-echo': challengedWith(
    `Bearer resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp"`,
  ),
})

const bearerCached = probeOf({
  'bearer-echo': {
    headers: {
      'www-authenticate': `Bearer resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp"`,
      'x-cache': 'HIT from edge',
    },
  },
})

/** What keeps the first MCP request, or its token, from arriving. */
export const edgeCases: readonly RuleCases[] = [
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
      spares('a challenge out of a cache, which was for somebody else', {
        handshake: silent,
        now: silentAt,
        facts: factsOf({ probe: bearerCached }),
      }),
      spares('the control plane that begins anew', {
        handshake: then([
          'mcp.challenged',
          tokenAt + 500,
          'python',
          { reason: { kind: 'no-credentials' } },
        ]),
      }),
      spares('a request that came with its token', {
        handshake: then(bare, rejected('token-key')),
      }),
      spares('the retry a minute later', {
        handshake: then([
          'mcp.challenged',
          tokenAt + 70_000,
          'claude',
          { reason: { kind: 'no-credentials' } },
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
        handshake: then(rejected('token-key'), refresh),
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
            ([name, at, who, ...rest]): Spec => [
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
      fires('nothing is known to stand in front, and nobody looked', 'possible', {
        handshake: silent,
        now: silentAt,
        facts: factsOf({ probe: null }),
      }),
      spares('nothing stands in front, and a made-up token arrived', {
        handshake: silent,
        now: silentAt,
      }),
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
        handshake: then(rejected('token-key')),
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
    rule: 'oauth-ok-tokenless-post',
    situations: [
      fires('the control plane asks anew at once', 'possible', {
        handshake: then([
          'mcp.challenged',
          tokenAt + 900,
          'python',
          { reason: { kind: 'no-credentials' } },
        ]),
      }),
      spares('the retry a minute later', {
        handshake: then([
          'mcp.challenged',
          tokenAt + 70_000,
          'python',
          { reason: { kind: 'no-credentials' } },
        ]),
      }),
      spares('a connection that came about', { handshake: healthy }),
    ],
  },
]
