import { factsOf, page, probeAll, probeOf } from '../../support/browser/looks'
import {
  before,
  began,
  golden,
  handshakeOf,
  type Spec,
  silentAt,
  stalledAt,
  upTo,
} from '../../support/handshakes/handshakes'
import { fires, type RuleCases, spares } from '../case'

const silent = handshakeOf(upTo('token.issued'))
const local = { origin: 'http://localhost:3000', mcpUrl: 'http://localhost:3000/mcp' }
const unanswered = (error: string) =>
  factsOf({ probe: probeAll({ status: null, headers: {}, body: '', error }) })
const blind = handshakeOf(golden.slice(0, 1), stalledAt('resource-metadata'))
const read = handshakeOf(golden.slice(0, 3), stalledAt('client-identified'))
const unclean: Spec = [
  'authorization.requested',
  2000,
  'browser',
  { requestedScope: 'claudeai ', scope: 'claudeai', quirks: ['scope was not clean'] },
]
const asked = handshakeOf([
  ...before('authorization.requested'),
  unclean,
  ...upTo('token.issued').slice(5),
])

/** What lies in the settings, the machine, the hour, or nowhere that can be seen from here. */
export const circumstanceCases: readonly RuleCases[] = [
  {
    rule: 'server-restarted',
    situations: [
      fires('started while it went on', 'likely', {
        handshake: silent,
        facts: factsOf({ startedAt: began + 9800 }),
      }),
      spares('started the day before', { handshake: silent }),
      spares('started long after', {
        handshake: silent,
        facts: factsOf({ startedAt: began + 600_000 }),
      }),
    ],
  },
  {
    rule: 'anthropic-incident',
    situations: [
      fires('many fail alike', 'likely', {
        handshake: silent,
        facts: factsOf({ failingAlike: 4 }),
      }),
      spares('one other', { handshake: silent, facts: factsOf({ failingAlike: 1 }) }),
      spares('this server is not well', {
        handshake: silent,
        facts: factsOf({ failingAlike: 4, probe: probeOf({ jwks: page(500) }) }),
      }),
      spares('Claude never worked here', {
        handshake: silent,
        facts: factsOf({ failingAlike: 4, claudeUserSeen: false }),
      }),
    ],
  },
  {
    rule: 'proxy-hops-wrong',
    situations: [
      fires('a proxy that was not counted', 'likely', {
        facts: factsOf({ edgeMarks: ['cf-ray'], settings: { proxyHops: 0 } }),
      }),
      spares('a proxy that was counted', { facts: factsOf({ edgeMarks: ['cf-ray'] }) }),
      fires('a proxy that its own requests passed', 'confirmed', {
        facts: factsOf({
          settings: { proxyHops: 0 },
          forwarding: { own: { entries: 1, proxied: true }, others: [], otherHeader: false },
        }),
      }),
      fires('a header that anybody can send', 'possible', {
        facts: factsOf({
          settings: { proxyHops: 0 },
          forwarding: { own: null, others: [4, 1], otherHeader: false },
        }),
      }),
      spares('as many as its own requests passed', {
        facts: factsOf({
          settings: { proxyHops: 1 },
          forwarding: { own: { entries: 1, proxied: true }, others: [2, 9, 3], otherHeader: true },
        }),
      }),
      spares('no proxy', { facts: factsOf({ settings: { proxyHops: 0 } }) }),
      spares('one attempt', {
        handshake: silent,
        facts: factsOf({ edgeMarks: ['cf-ray'], settings: { proxyHops: 0 } }),
      }),
    ],
  },
  {
    rule: 'clocks-differ',
    situations: [
      fires('one instance a minute ahead', 'confirmed', {
        facts: factsOf({ clocksApart: [{ host: 'web-2', offsetMs: 61_000 }] }),
      }),
      spares('clocks that agree', { facts: factsOf() }),
      spares('one attempt', {
        handshake: silent,
        facts: factsOf({ clocksApart: [{ host: 'web-2', offsetMs: 61_000 }] }),
      }),
    ],
  },
  {
    rule: 'database-settings',
    situations: [
      fires('an encoding that lacks most letters', 'likely', {
        facts: factsOf({ databaseSettings: { encoding: 'LATIN1', statementMs: 0 } }),
      }),
      fires('statements that are ended early', 'likely', {
        facts: factsOf({ databaseSettings: { encoding: 'UTF8', statementMs: 500 } }),
      }),
      spares('UTF8, and time enough', {
        facts: factsOf({ databaseSettings: { encoding: 'UTF8', statementMs: 30_000 } }),
      }),
      spares('UTF8, and all the time', {
        facts: factsOf({ databaseSettings: { encoding: 'UTF8', statementMs: 0 } }),
      }),
      spares('the embedded database', { facts: factsOf() }),
      spares('one attempt', {
        handshake: silent,
        facts: factsOf({ databaseSettings: { encoding: 'LATIN1', statementMs: 500 } }),
      }),
    ],
  },
  {
    rule: 'self-probe-unreachable',
    situations: [
      fires('time-outs', 'possible', { facts: unanswered('timeout') }),
      spares('a bad certificate', { facts: unanswered('CERT_HAS_EXPIRED') }),
      spares('some answers', {
        facts: factsOf({ probe: probeOf({ jwks: { status: null, error: 'timeout' } }) }),
      }),
    ],
  },
  {
    rule: 'loopback-only',
    situations: [
      fires('a start at home', 'possible', { facts: factsOf(local) }),
      spares('a public address', { facts: factsOf() }),
      spares('one attempt', { handshake: silent, facts: factsOf(local) }),
    ],
  },
  {
    rule: 'discovery-cache-stale',
    situations: [
      fires('a restart, and no document was read', 'possible', {
        handshake: blind,
        facts: factsOf({ startedAt: began - 60_000 }),
      }),
      spares('documents were read', {
        handshake: read,
        facts: factsOf({ startedAt: began - 60_000 }),
      }),
      spares('a restart the day before', { handshake: blind }),
    ],
  },
  {
    rule: 'dcr-201-then-abort',
    situations: [
      fires('a minute without a browser', 'possible', {
        handshake: handshakeOf(upTo('client.registered'), stalledAt('authorization-requested')),
        now: 70_000,
      }),
      spares('ten seconds', {
        handshake: handshakeOf(upTo('client.registered'), { kind: 'in-progress' }),
        now: 10_000,
      }),
      spares('the browser came', { handshake: silent, now: 70_000 }),
    ],
  },
  {
    rule: 'client-bug-token-not-attached',
    situations: [
      fires('nothing in the way', 'possible', { handshake: silent, now: silentAt }),
      fires('nothing known', 'possible', {
        handshake: silent,
        now: silentAt,
        facts: factsOf({ probe: null }),
      }),
      spares('fourteen seconds', { handshake: silent, now: silentAt - 1000 }),
      spares('a call', { handshake: handshakeOf(golden), now: silentAt }),
    ],
  },
  {
    rule: 'token-scope-whitespace',
    situations: [
      fires('an unclean scope, and silence', 'possible', { handshake: asked, now: silentAt }),
      spares('a clean scope', { handshake: silent, now: silentAt }),
    ],
  },
]
