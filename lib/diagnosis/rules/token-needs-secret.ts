import { refusedBecause } from '../evidence'
import { handshakeRule } from '../rule'

/** RFC 6749 §5.2 `invalid_client`, where the secret is at fault. */
export const tokenNeedsSecret = handshakeRule({
  id: 'token-needs-secret',
  symptom: 'Refused with “invalid_client” at the token endpoint',
  sources: ['anthropics/claude-ai-mcp#559', 'anthropics/claude-ai-mcp#667', 'RFC 6749 §2.3.1'],
  judge: (handshake) => {
    const refused = refusedBecause(
      handshake,
      'token.refused',
      'client-secret-missing',
      'client-secret-wrong',
      'client-without-secret',
      'assertion-missing',
    ).at(-1)
    if (!refused) return null
    const wrong = refused.reason.kind === 'client-secret-wrong'
    return {
      confidence: 'confirmed',
      title: wrong
        ? 'The client sends a different secret than the one stored here'
        : 'The client sends no secret, and it is registered with one',
      explanation: wrong
        ? 'It was rotated, cut off while pasting, or belongs to another client.'
        : 'A confidential client must authenticate. In Claude the secret has a field of its own beside the client id.',
      evidence: [refused],
      fix: [
        {
          text: wrong
            ? 'Create a new secret and paste all of it.'
            : 'Paste the secret, too, or make the client public.',
          where: 'Clients → ⋯ → New secret; Claude → Settings → Connectors → Advanced settings',
        },
        'Or leave both fields empty: Claude then registers by itself.',
      ],
    }
  },
})
