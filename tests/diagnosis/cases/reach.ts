import { factsOf, page, probeAll, probeOf } from '../../support/browser/looks'
import { golden, handshakeOf, type Spec } from '../../support/handshakes/handshakes'
import { fires, type RuleCases, spares } from '../case'

const silent = { status: null, headers: {}, body: '' }
const unanswered = (error: string, addresses = ['93.184.216.34']) =>
  factsOf({ probe: probeAll({ ...silent, error }, { addresses }) })
const resolving = (...addresses: string[]) => factsOf({ probe: probeOf({}, { addresses }) })
const at = (origin: string, facts: Parameters<typeof factsOf>[0] = {}) =>
  factsOf({ origin, mcpUrl: `${origin}/mcp`, ...facts })
const reached = handshakeOf(golden.slice(0, 1), { kind: 'stalled', stage: 'resource-metadata' })
const missed: Spec = [
  'path.missed',
  0,
  'python',
  { hint: 'the MCP endpoint is https://portico.example.com/mcp' },
  { status: 404, path: '/api/mcp' },
]

/** What keeps clients from reaching the server at all. */
export const reachCases: readonly RuleCases[] = [
  {
    rule: 'tls-reset-or-chain',
    situations: [
      fires('a missing intermediate', 'confirmed', {
        facts: unanswered('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
      }),
      fires('a reset', 'likely', { facts: unanswered('ECONNRESET') }),
      spares('a time-out', { facts: unanswered('timeout') }),
      spares('Anthropic got through', { handshake: reached, facts: unanswered('ECONNRESET') }),
    ],
  },
  {
    rule: 'dns-aaaa-only',
    situations: [
      fires('IPv6 only', 'confirmed', { facts: resolving('2606:2800:220:1::1') }),
      spares('both', { facts: resolving('2606:2800:220:1::1', '93.184.216.34') }),
      spares('nothing', { facts: resolving() }),
    ],
  },
  {
    rule: 'dyndns-cgnat-home',
    situations: [
      fires('carrier-grade NAT', 'confirmed', { facts: resolving('100.72.4.1') }),
      fires('a dynamic name that does not answer', 'likely', {
        facts: at('https://box.synology.me', { probe: probeAll({ ...silent, error: 'timeout' }) }),
      }),
      spares('a dynamic name that answers', { facts: at('https://box.synology.me') }),
    ],
  },
  {
    rule: 'dns-not-public',
    situations: [
      fires('a private address among public ones', 'likely', {
        facts: resolving('93.184.216.34', '10.0.0.4'),
      }),
      fires('no address', 'likely', { facts: unanswered('ENOTFOUND', []) }),
      spares('no name server at all', { facts: unanswered('EAI_AGAIN', []) }),
      spares('a start at home', {
        facts: at('http://localhost:3000', { probe: probeOf({}, { addresses: ['127.0.0.1'] }) }),
      }),
      spares('Anthropic got through', { handshake: reached, facts: resolving('10.0.0.4') }),
    ],
  },
  {
    rule: 'edge-blocks-everything',
    situations: [
      fires('403 for all', 'confirmed', {
        facts: factsOf({ probe: probeAll(page(403, 'Attention Required')) }),
      }),
      fires('a challenge of Vercel', 'confirmed', {
        facts: factsOf({
          probe: probeAll({ ...page(429), headers: { 'x-vercel-mitigated': 'challenge' } }),
        }),
      }),
      spares('403 for one path', {
        facts: factsOf({ probe: probeOf({ 'server-metadata': page(403) }) }),
      }),
      spares('403 for Claude-User only', {
        facts: factsOf({ probe: probeOf({ 'challenge-post-claude-user': page(403) }) }),
      }),
    ],
  },
  {
    rule: 'origin-502',
    situations: [
      fires('502 for all', 'confirmed', { facts: factsOf({ probe: probeAll(page(502)) }) }),
      fires('502 now and then', 'likely', {
        facts: factsOf({ probe: probeOf({ jwks: page(502) }) }),
      }),
      spares('500', { facts: factsOf({ probe: probeOf({ jwks: page(500) }) }) }),
    ],
  },
  {
    rule: 'wrong-url-or-scheme',
    situations: [
      fires('another path', 'confirmed', {
        handshake: handshakeOf([missed], { kind: 'stalled', stage: 'challenge' }),
      }),
      fires('another path, and then the right one', 'possible', {
        handshake: handshakeOf([missed, ...golden.slice(0, 1)], {
          kind: 'stalled',
          stage: 'resource-metadata',
        }),
      }),
      spares('an icon that is not there', {
        handshake: handshakeOf(
          [['path.missed', 0, 'browser', {}, { status: 404, method: 'GET', path: '/icon.png' }]],
          { kind: 'stalled', stage: 'challenge' },
        ),
      }),
    ],
  },
  {
    rule: 'non-443-port',
    situations: [
      fires('8443', 'possible', { facts: at('https://portico.example.com:8443') }),
      spares('443', { facts: factsOf() }),
      spares('a start at home', { facts: at('http://localhost:3000') }),
      spares('Anthropic got through', {
        handshake: reached,
        facts: at('https://portico.example.com:8443'),
      }),
    ],
  },
]
