import { afterToken } from '../after-token'
import { edgeNames, edgesOf } from '../edges'
import { loginWallOf } from '../login-wall'
import { answerTo, probeText } from '../probe'
import { handshakeRule } from '../rule'

/** §0 step 4: an immediate refresh means a 401 that this server did not send. */
export const lbPathRuleMissesBarePath = handshakeRule({
  id: 'lb-path-rule-misses-bare-path',
  symptom: 'A token is issued, refreshed a second later, and /mcp is never called',
  sources: [
    'anthropics/claude-ai-mcp#299',
    'sebadob/rauthy#1647',
    'claude.com/docs/connectors/building/authentication',
  ],
  judge: (handshake, facts, now) => {
    const after = afterToken(handshake, now)
    if (!after?.silent || !after.refresh) return null
    const answer = facts.probe ? answerTo(facts.probe, 'challenge-post') : undefined
    const wall = answer && loginWallOf(answer)
    return {
      confidence: wall ? 'confirmed' : 'likely',
      title: wall
        ? `${wall.name} answered Claude’s call to /mcp with 401, instead of this server`
        : 'Claude’s call to /mcp was answered with 401 by something other than this server',
      explanation: `Claude refreshes a new token only after a 401, and this server sent none: ${edgeNames(edgesOf(handshake, facts))} did. A load balancer rule for /mcp/* does not cover /mcp itself, and the default rule asks for a sign-in.`,
      evidence: [after.token, after.refresh],
      observations: wall && answer ? [probeText(answer)] : [],
      fix: [
        ...(wall ? [wall.fix] : []),
        {
          text: 'Give the bare path a rule of its own: both /mcp and /mcp/* must lead to Portico, past any sign-in.',
          where:
            'Google Cloud → load balancer → Host and path rules; AWS → listener rules; ingress paths',
        },
      ],
    }
  },
})
