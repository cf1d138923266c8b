import { afterToken, rejectedCalls } from '../after-token'
import { edgeNames, edgesOf } from '../edges'
import { passAuthorization } from '../pass-authorization'
import { handshakeRule } from '../rule'

/** §0 step 1: the token was not issued by this server. */
export const opaqueVsJwt = handshakeRule({
  id: 'opaque-vs-jwt',
  symptom: 'The token is refused as malformed',
  sources: ['anthropics/claude-ai-mcp#299', 'RFC 6750 §2.1'],
  judge: (handshake, facts, now) => {
    const after = afterToken(handshake, now)
    const [call] = after ? rejectedCalls(after, 'token-malformed') : []
    if (!after || !call) return null
    const edges = edgesOf(handshake, facts)
    return {
      confidence: 'likely',
      title: 'What arrives at /mcp is not the token that was issued',
      explanation: `This server issues signed JWTs; the client sent something else. ${edgeNames(edges)} may put its own credential in the Authorization header (an identity-aware proxy does), or cut it short.`,
      evidence: [after.token, call],
      fix: passAuthorization(edges),
    }
  },
})
