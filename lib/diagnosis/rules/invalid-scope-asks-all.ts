import { standing } from '../evidence'
import { handshakeRule } from '../rule'

/** Unknown scopes are dropped; more than was granted is refused (OAuth 2.1 §4.3.1). */
export const invalidScopeAsksAll = handshakeRule({
  id: 'invalid-scope-asks-all',
  symptom: 'Refused with “invalid_scope”',
  sources: ['tldraw/tldraw#10612', 'anthropics/claude-code#67714', 'OAuth 2.1 §4.3.1'],
  judge: (handshake) => {
    const refused = standing(handshake, 'token.refused', 'authorization.refused').findLast(
      ({ detail }) => detail.error === 'invalid_scope',
    )
    if (!refused) return null
    return {
      confidence: 'confirmed',
      title: 'The client asks for more than the person allowed',
      explanation:
        'Unknown scopes are ignored, but a refresh cannot widen what was granted. The scopes of this server have grown since, or the client asks for every scope it finds.',
      evidence: [refused],
      fix: [
        {
          text: 'Connect again: the consent page then asks for the wider scope.',
          where: 'Claude → Settings → Connectors',
        },
      ],
    }
  },
})
