import { afterToken, silenceMs } from '../after-token'
import { detailText, isControlPlane, named } from '../evidence'
import { handshakeRule } from '../rule'
import { checkAgain, connectAgain } from '../words'

/** The control plane starts over at once instead of handing over: something did not satisfy it. */
export const oauthOkTokenlessPost = handshakeRule({
  id: 'oauth-ok-tokenless-post',
  symptom: 'After the token Claude asks /mcp without one, and registers again',
  sources: ['anthropics/claude-code#46140', 'modelcontextprotocol/modelcontextprotocol#2157'],
  judge: (handshake, _facts, now) => {
    const after = afterToken(handshake, now)
    if (!after || after.calls.length > 0) return null
    const bare = named(handshake, 'mcp.challenged').filter(
      (event) =>
        detailText(event, 'error') === '' &&
        isControlPlane(event) &&
        event.at > after.token.at &&
        // 60 to 101 s later it is the usual retry and proves nothing (§0 step 7)
        event.at <= after.token.at + silenceMs,
    )
    if (bare.length === 0) return null
    return {
      confidence: 'possible',
      title: 'Claude started over right after it got a token',
      explanation:
        'The part of Claude that signs in called /mcp again without a token, instead of handing over to the part that calls tools. It seems not to have recognised the token as this server’s: documents that disagree, or a cached older copy of them, do this.',
      evidence: [after.token, ...bare],
      fix: [
        {
          text: 'Look at the findings of the self-check about documents, and fix those first.',
          where: 'Self-check',
        },
        'Wait five minutes for cached documents to expire, then connect again.',
      ],
      verify: `${checkAgain} ${connectAgain}`,
    }
  },
})
