import { refusedBecause } from '../evidence'
import { handshakeRule } from '../rule'

/** RFC 6749 §4.1.3: a form, and nothing else. */
export const tokenJsonOnlyParser = handshakeRule({
  id: 'token-json-only-parser',
  symptom: 'The token request is refused before anything in it is read',
  sources: ['RFC 6749 §4.1.3', 'claude.com/docs/connectors/building/authentication'],
  judge: (handshake) => {
    const refused = refusedBecause(
      handshake,
      'token.refused',
      'form-unreadable',
      'parameter-missing',
    ).findLast(
      // every token request has it (RFC 6749 §4.1.3)
      ({ reason }) => reason.kind === 'form-unreadable' || reason.parameter === 'grant_type',
    )
    if (!refused) return null
    return {
      confidence: 'confirmed',
      title: 'The token request did not arrive as a form',
      explanation:
        'Claude sends application/x-www-form-urlencoded. The body had another type, or was empty: a proxy that rewrites bodies, or a client that sends JSON.',
      evidence: [refused],
      fix: [
        {
          text: 'Let the proxy pass on body and Content-Type of POST /token unchanged.',
          where: 'the proxy in front of this server',
        },
        'In your own client, send the parameters as a form.',
      ],
    }
  },
})
