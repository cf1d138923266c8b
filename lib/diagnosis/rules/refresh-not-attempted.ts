import { eventsBecause, named } from '../evidence'
import { handshakeRule } from '../rule'

const overdueMs = 5 * 60_000

/** Its token expired, and it did not refresh. */
export const refreshNotAttempted = handshakeRule({
  id: 'refresh-not-attempted',
  whenComplete: true,
  symptom: 'The connection expires every day',
  sources: [
    'anthropics/claude-ai-mcp#228',
    'anthropics/claude-ai-mcp#247',
    'anthropics/claude-code#65036',
  ],
  judge: (handshake, { settings }, now) => {
    const expired = eventsBecause(named(handshake, 'mcp.challenged'), 'token-expired').at(-1)
    if (!expired || now < expired.at + overdueMs) return null
    const later = named(handshake, 'token.refreshed', 'token.refused').some(
      ({ at }) => at >= expired.at - 1000,
    )
    if (later) return null
    return {
      confidence: 'likely',
      title: 'The access token expired, and the client did not ask for a new one',
      explanation:
        'The client holds a refresh token and was answered with 401, after which it should refresh. Reports of hosted Claude not doing so are open.',
      evidence: [expired],
      fix: [
        {
          text: `Let access tokens live longer (now ${Math.round(settings.accessTokenSeconds / 60)} min). Revoking a connection still takes effect within a second.`,
          where: 'settings of this server',
          code: 'PORTICO_ACCESS_TOKEN_MINUTES=1440',
        },
        'Connect again from the client.',
      ],
      verify: 'The connection shows requests beyond the life of one access token.',
    }
  },
})
