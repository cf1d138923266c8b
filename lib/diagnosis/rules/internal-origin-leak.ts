import { isLoopbackOrigin } from '../addresses'
import type { Probe } from '../facts'
import { answersTo, documentAt, pointerOf } from '../probe'
import { discoveryStages, rule, troubledStage } from '../rule'
import { addAnew } from '../words'

const endpointMembers = [
  'authorization_endpoint',
  'token_endpoint',
  'registration_endpoint',
  'revocation_endpoint',
  'introspection_endpoint',
  'jwks_uri',
]

const isForeign = (value: unknown, origin: string): value is string =>
  typeof value === 'string' && URL.canParse(value) && new URL(value).origin !== origin

/** Addresses in this server's answers that are not under its public origin. */
function leaksIn(probe: Probe, origin: string): string[] {
  const metadata = documentAt(probe, 'server-metadata') ?? {}
  const pointers = answersTo(probe, 'challenge-post').map(pointerOf)
  return [
    ...endpointMembers.flatMap((member) =>
      isForeign(metadata[member], origin) ? [`${member}: ${metadata[member]}`] : [],
    ),
    ...pointers.flatMap((pointer) =>
      isForeign(pointer, origin) ? [`resource_metadata: ${pointer}`] : [],
    ),
  ]
}

const isFromOutside = (network: string | null): boolean =>
  network === 'anthropic' || network === 'public'

/** Answers contain an address that only this machine can reach. */
export const internalOriginLeak = rule({
  id: 'internal-origin-leak',
  symptom: 'The browser is sent to localhost, to http, or to a host inside the network',
  sources: ['openship/openship#540', 'homarr-labs/homarr#6631', 'RFC 8414 §2'],
  judge: (handshake, facts) => {
    const { origin, probe } = facts
    const stage = handshake && troubledStage(handshake)
    if (handshake && !(stage && discoveryStages.includes(stage))) return null
    const outside = isLoopbackOrigin(origin)
      ? handshake?.events.find(({ network }) => isFromOutside(network))
      : undefined
    const leaks = probe ? leaksIn(probe, origin) : []
    if (!outside && leaks.length === 0) return null
    return {
      confidence: 'confirmed',
      title: outside
        ? `Clients come from the internet, and this server sends them to ${origin}`
        : 'The documents of this server name addresses that are not its own',
      explanation: outside
        ? 'PORTICO_URL is not set, so every document names this machine. Portico never takes its name from a request’s Host header.'
        : 'A proxy rewrites what Portico serves, or another server answers in its place.',
      evidence: [outside],
      observations: leaks,
      fix: [
        {
          text: 'Set PORTICO_URL to the public https origin and restart.',
          where: 'settings of this server',
          code: 'PORTICO_URL=https://portico.example.com',
        },
        ...(leaks.length > 0
          ? ['Turn off rewriting of response bodies (nginx `sub_filter`, a CDN’s URL rewriting).']
          : []),
        addAnew,
      ],
    }
  },
})
