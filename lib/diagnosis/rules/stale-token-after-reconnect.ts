import { eventsBecause, named } from '../evidence'
import { handshakeRule } from '../rule'

/** After it reconnected, the client still sends its old token. */
export const staleTokenAfterReconnect = handshakeRule({
  id: 'stale-token-after-reconnect',
  symptom: 'Reconnected, and calls still come with the old token',
  sources: ['anthropics/claude-ai-mcp#379', 'anthropics/claude-ai-mcp#430'],
  judge: (handshake) => {
    const issued = named(handshake, 'token.issued').at(-1)
    if (!issued?.grantId) return null
    const stale = eventsBecause(
      named(handshake, 'mcp.challenged'),
      'token-revoked',
      'grant-revoked',
      'token-expired',
    ).filter(({ at, grantId }) => at >= issued.at && grantId !== null && grantId !== issued.grantId)
    if (stale.length === 0) return null
    return {
      confidence: 'likely',
      title: 'The client got a new token and still sends an older one',
      explanation:
        'Part of the client keeps the token of the earlier connection until it is refused. It was refused, with the error that tells it to use the new one.',
      evidence: [issued, ...stale],
      fix: ['Open a new conversation. If it stays, remove the connector and add it again.'],
    }
  },
})
