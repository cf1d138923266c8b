import { afterToken } from '../after-token'
import { answerTo, isOwnChallenge, sawToken } from '../probe'
import { handshakeRule } from '../rule'
import { addAnew } from '../words'

/** §0 step 8: nothing on this server or in front of it explains it. */
export const clientBugTokenNotAttached = handshakeRule({
  id: 'client-bug-token-not-attached',
  symptom: 'The token is issued and never presented, and nothing blocks it',
  sources: ['anthropics/claude-ai-mcp#789', 'anthropics/claude-ai-mcp#707'],
  judge: (handshake, { probe }, now) => {
    const after = afterToken(handshake, now)
    if (!after?.silent) return null
    const claude = probe ? answerTo(probe, 'challenge-post-claude-user') : undefined
    const echo = probe ? answerTo(probe, 'bearer-echo') : undefined
    const isCleared = isOwnChallenge(claude) && echo !== undefined && sawToken(echo)
    return {
      confidence: 'possible',
      title: 'The token was issued, and no request to /mcp followed',
      explanation: isCleared
        ? 'This server answers the same request from outside, under Claude’s own user agent and with a token. That leaves the client: reports of it exist, none of them confirmed.'
        : 'If nothing in front of this server holds the request back, the client did not send it: reports of that exist, none of them confirmed.',
      evidence: [after.token],
      observations: isCleared
        ? ['“Claude-User” passes when this server asks itself through its public address']
        : [],
      fix: [
        addAnew,
        {
          text: 'If it happens again, report it to Anthropic with the time, the MCP URL, and the reference that begins with “ofid_” in Claude’s message.',
          where: 'github.com/anthropics/claude-ai-mcp/issues',
        },
      ],
    }
  },
})
