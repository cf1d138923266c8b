import type { UriProblem } from '@/lib/reasons'
import { refusedBecause } from '../evidence'
import { handshakeRule } from '../rule'

/** Schemes that a browser would run, or that lead nowhere. */
const ofNoUse: ReadonlySet<UriProblem['kind']> = new Set([
  'scheme',
  'relative',
  'fragment',
  'credentials',
])

/** RFC 8252 §8.4: custom schemes of apps are accepted, schemes that a browser runs are not. */
export const dcrCustomSchemeRefused = handshakeRule({
  id: 'dcr-custom-scheme-refused',
  symptom: 'The client shows an error and no way to sign in',
  sources: ['better-auth/better-auth#10946', 'RFC 8252 §7.1', 'RFC 8252 §8.4'],
  judge: (handshake) => {
    const refused = refusedBecause(handshake, 'client.refused', 'redirect-uris-unusable').findLast(
      ({ reason }) => ofNoUse.has(reason.problem.kind),
    )
    if (!refused) return null
    return {
      confidence: 'confirmed',
      title: 'None of the client’s redirect URIs can be used',
      explanation:
        'Addresses of an app’s own scheme (cursor://…) are accepted, and one bad address does not spoil the others. All that were sent are of a kind that a browser would run or that leads nowhere.',
      evidence: [refused],
      fix: ['Register an https address, http on this machine, or a scheme of the app’s own.'],
    }
  },
})
