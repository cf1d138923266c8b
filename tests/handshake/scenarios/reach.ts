import type { Facts, Probe, ProbeAnswer } from '@/lib/diagnosis/facts'
import { inspector } from '../../support/clients/claude-clients'
import { readsDocuments } from '../../support/handshakes/corpus-client'
import type { Scenario } from '../../support/handshakes/corpus-scenario'
import { publicOrigin, type World } from '../../support/handshakes/corpus-world'

/** Names, certificates and ports of the public host: one machine cannot have them at fault. */

/** A colleague tries from within the network, where all is well, and stops. */
const triedAtHome = (world: World) =>
  readsDocuments(world, { ...inspector, addresses: ['192.168.1.23'] })

type Change = (facts: Facts) => Facts

const looked =
  (change: (probe: Probe) => Partial<Probe>): Change =>
  (facts) => ({ ...facts, probe: facts.probe && { ...facts.probe, ...change(facts.probe) } })

const noAnswer =
  (error: string) =>
  (answer: ProbeAnswer): ProbeAnswer => ({
    ...answer,
    status: null,
    headers: {},
    body: '',
    error,
  })

const answered =
  (error: string) =>
  ({ answers }: Probe): Partial<Probe> => ({
    answers: answers.map(noAnswer(error)),
  })

const underName =
  (origin: string, change: Change): Change =>
  (facts) =>
    JSON.parse(JSON.stringify(change(facts)).replaceAll(publicOrigin, origin)) as Facts

type Given = readonly [stream: string, mode: string, how: string, facts: Change]

const given: readonly Given[] = [
  [
    'tls-reset-or-chain',
    'tls-reset-or-chain',
    'the certificate has expired',
    looked(answered('CERT_HAS_EXPIRED')),
  ],
  [
    'tls-reset-or-chain-reset',
    'tls-reset-or-chain',
    'the connection is reset while TLS is agreed on',
    looked(answered('ECONNRESET')),
  ],
  [
    'dns-aaaa-only',
    'dns-aaaa-only',
    'the host name has an IPv6 address only',
    looked(() => ({ addresses: ['2606:2800:220:1:248:1893:25c8:1946'] })),
  ],
  [
    'dns-not-public',
    'dns-not-public',
    'one address of the host name is private',
    looked(() => ({ addresses: ['93.184.216.34', '10.0.0.7'] })),
  ],
  [
    'dns-not-public-unknown',
    'dns-not-public',
    'the host name does not resolve',
    looked((probe) => ({ ...answered('ENOTFOUND')(probe), addresses: [] })),
  ],
  [
    'dyndns-cgnat-home',
    'dyndns-cgnat-home',
    'the address is one of carrier-grade NAT',
    looked(() => ({ addresses: ['100.72.3.4'] })),
  ],
]

/** Findings about the server itself, before anybody has come. */
const alone: readonly Given[] = [
  [
    'non-443-port',
    'non-443-port',
    'the server is on port 8443',
    underName(`${publicOrigin}:8443`, (facts) => facts),
  ],
  [
    'loopback-only',
    'loopback-only',
    'PORTICO_URL names this machine',
    underName('http://localhost:3000', (facts) => facts),
  ],
  [
    'proxy-hops-wrong',
    'proxy-hops-wrong',
    'marks of a proxy were seen, and PORTICO_PROXY_HOPS is 0',
    (facts) => ({
      ...facts,
      edgeMarks: ['cf-ray'],
      settings: { ...facts.settings, proxyHops: 0 },
    }),
  ],
  [
    'self-probe-unreachable',
    'self-probe-unreachable',
    'the server does not reach itself: the router does not lead back',
    looked(answered('timeout')),
  ],
]

const scenario = ([stream, mode, how, facts]: Given, run: Scenario['run']): Scenario => ({
  stream,
  mode,
  how,
  produced: 'facts',
  facts,
  run,
})

export const reachScenarios: readonly Scenario[] = [
  ...given.map((one) => scenario(one, triedAtHome)),
  ...alone.map((one) => scenario(one, async () => undefined)),
]
