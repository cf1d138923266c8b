import type { UriProblem } from '@/lib/reasons'
import { newest, refusedBecause } from '../evidence'
import { handshakeRule } from '../rule'

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
  symptom: 'A client with its own app worked before an update of this server',
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
      title: 'The client’s redirect URI is of a kind that is no longer accepted',
      explanation:
        'Answers go to https, to this machine, and to the scheme of an app whose name is a reversed domain name or one of a short list. Any other scheme may be one that a system hands to a program which runs things.',
      evidence: [newest(handshake, 'client.registered'), refused],
      fix: [
        'Update the client: current releases answer over https or on loopback.',
        {
          text: 'In your own app use a scheme with a dot, made from your domain name, and register it again.',
          code: 'com.example.app:/callback',
        },
      ],
    }
  },
})
