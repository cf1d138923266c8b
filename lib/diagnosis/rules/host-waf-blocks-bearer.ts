import { isLoopbackOrigin } from '../addresses'
import { afterToken } from '../after-token'
import { allowClaude } from '../allow-claude'
import { edgeNames, edgesOf } from '../edges'
import { answerTo, isOwnChallenge, probeText, sawToken } from '../probe'
import { handshakeRule } from '../rule'

/** §0 step 6: the user agent passes, this request does not. */
export const hostWafBlocksBearer = handshakeRule({
  id: 'host-waf-blocks-bearer',
  symptom: 'OAuth completes and the first call never arrives, although Claude has been here before',
  sources: [
    'anthropics/claude-ai-mcp#905',
    'anthropics/claude-ai-mcp#825',
    'anthropics/claude-ai-mcp#62',
  ],
  judge: (handshake, facts, now) => {
    const after = afterToken(handshake, now)
    if (!after?.silent || after.refresh) return null
    const echo = facts.probe ? answerTo(facts.probe, 'bearer-echo') : undefined
    const plain = facts.probe ? answerTo(facts.probe, 'challenge-post') : undefined
    const isProven =
      echo !== undefined && echo.status !== null && !isOwnChallenge(echo) && isOwnChallenge(plain)
    const wasHere = facts.claudeUserSeen || handshake.surface !== 'claude-hosted'
    // without proof, something that could do it must be in front
    if (!isProven && (!wasHere || isLoopbackOrigin(facts.origin))) return null
    const edges = edgesOf(handshake, facts)
    // the probe's token reached this server, and nothing is in front
    if (edges.length === 0 && isOwnChallenge(echo) && echo && sawToken(echo)) return null
    return {
      confidence: isProven ? 'confirmed' : edges.length > 0 ? 'likely' : 'possible',
      title: `A firewall rule of ${edgeNames(edges)} stops requests that carry a token`,
      explanation:
        'The client’s user agent reaches this server, but its POST with a Bearer token did not. Rules of ModSecurity, Imunify360, Wordfence and of hosting panels look at the method, the header or the JSON body.',
      evidence: [after.token],
      observations: isProven && echo && plain ? [probeText(plain), probeText(echo)] : [],
      fix: [
        ...allowClaude(edges),
        {
          text: 'Look for a 403, 406 or 429 at the second of the missing call.',
          where: 'log of the firewall and of the proxy',
        },
      ],
    }
  },
})
