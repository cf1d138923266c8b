import type { UriProblem } from '@/lib/reasons'
import { idsOf, newest, refusedBecause } from '../evidence'
import { handshakeRule } from '../rule'
import { connectAgain } from '../words'

/** URIs that earlier releases accepted. */
const refusedSince: ReadonlySet<UriProblem['kind']> = new Set([
  'scheme',
  'place',
  'plain-http',
  'characters',
  'credentials',
])

/** It is registered, perhaps by an earlier release, but no longer accepted. */
export const redirectUriRefused = handshakeRule({
  id: 'redirect-uri-refused',
  symptom: 'A client that answers in an app of its own worked before an update of this server',
  sources: ['RFC 8252 §7.1', 'RFC 8252 §8.4', 'RFC 9700 §4.11.2'],
  judge: (handshake) => {
    const refused = refusedBecause(
      handshake,
      'authorization.refused',
      'redirect-uri-unusable',
    ).findLast(({ reason }) => refusedSince.has(reason.problem.kind))
    if (!refused) return null
    return {
      confidence: 'confirmed',
      title: 'The client takes answers at an address that nobody is sent to',
      explanation:
        'Answers go to https, to this machine, and to the scheme of an app whose name is a reversed domain name or one of a short list. Any other scheme may be one that a system hands to a program which runs things.',
      evidence: idsOf(newest(handshake, 'client.registered'), refused),
      fix: [
        {
          text: 'Update the client: current releases answer over https or on loopback.',
        },
        {
          text: 'In an app of your own use a scheme with a dot, made of a domain name of yours, and register it anew.',
          code: 'com.example.app:/callback',
        },
      ],
      verify: connectAgain,
    }
  },
})
