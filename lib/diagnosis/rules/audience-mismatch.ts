import { afterToken, rejectedCalls } from '../after-token'
import { movedSince } from '../moved'
import { handshakeRule } from '../rule'

/** §0 step 1: the token is for another address of this server. */
export const audienceMismatch = handshakeRule({
  id: 'audience-mismatch',
  symptom: 'Every call is answered with 401 although the sign-in worked',
  sources: ['anthropics/claude-ai-mcp#299', 'RFC 9068 §4', 'RFC 8707 §2'],
  judge: (handshake, facts, now) => {
    const { mcpUrl } = facts
    // address-changed covers that
    if (movedSince(handshake, facts)) return null
    const after = afterToken(handshake, now)
    const [call] = after ? rejectedCalls(after, 'token-audience') : []
    if (!after || !call) return null
    return {
      confidence: 'confirmed',
      title: 'The token is for a different address than this server’s',
      explanation: `Tokens are bound to the MCP URL. This one names another than ${mcpUrl}: instances run with different values of PORTICO_URL, or it was changed since.`,
      evidence: [after.token, call],
      fix: [
        {
          text: `Set PORTICO_URL to the one public origin (now ${new URL(mcpUrl).origin}) on every instance, restart, and connect again.`,
          where: 'settings of this server',
        },
      ],
    }
  },
})
