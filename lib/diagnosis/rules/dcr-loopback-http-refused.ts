import { refusedBecause } from '../evidence'
import { handshakeRule } from '../rule'

/** RFC 8252 §7.3: plain http to the person's own machine, and nowhere else. */
export const dcrLoopbackHttpRefused = handshakeRule({
  id: 'dcr-loopback-http-refused',
  symptom: 'The client asks for a client id, because it could not register',
  sources: ['RFC 8252 §7.3', 'OAuth 2.1 §2.3.1'],
  judge: (handshake) => {
    const refused = refusedBecause(handshake, 'client.refused', 'redirect-uris-unusable').findLast(
      ({ reason }) => reason.problem.kind === 'plain-http',
    )
    if (!refused) return null
    return {
      confidence: 'confirmed',
      title: 'The client wants its answer over plain http at a different machine',
      explanation:
        'http is accepted for localhost, 127.0.0.1 and [::1] on any port. A code that travels over http to another machine, also within a home network, can be read on the way.',
      evidence: [refused],
      fix: ['Give the client an https address, or run it on the machine that the browser is on.'],
    }
  },
})
