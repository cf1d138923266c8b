import { afterToken } from '../after-token'
import { detailList, detailText, newest } from '../evidence'
import { handshakeRule } from '../rule'

/** A theory: no maintainer ever confirmed it, and servers without a scope fail and succeed alike. */
export const tokenScopeWhitespace = handshakeRule({
  id: 'token-scope-whitespace',
  theory: true,
  symptom: 'Operators suspect the space in the scope “claudeai ”',
  sources: ['anthropics/claude-ai-mcp#707 (counter-evidence)', 'RFC 6749 §3.3'],
  judge: (handshake, _facts, now) => {
    const after = afterToken(handshake, now)
    const requested = newest(handshake, 'authorization.requested')
    if (!after?.silent || !requested) return null
    if (detailList(requested, 'quirks').length === 0) return null
    const issued = detailText(after.token, 'scope')
    return {
      confidence: 'possible',
      title: 'The scope was requested with stray characters, and issued without them',
      explanation: `Asked for “${detailText(requested, 'requestedScope')}”, issued “${issued}”. There is no evidence so far that clients mind the difference.`,
      evidence: [requested, after.token],
      fix: ['Nothing to do here: look at the other findings first.'],
    }
  },
})
