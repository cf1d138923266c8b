import { named } from '../evidence'
import { handshakeRule } from '../rule'

/** MCP transports: a client accepts both JSON and event streams. */
export const acceptStar406 = handshakeRule({
  id: 'accept-star-406',
  symptom: 'The first MCP request is answered with 406',
  sources: ['anthropics/claude-ai-mcp#76', 'homeassistant-ai/ha-mcp#750', 'RFC 9110 §15.5.7'],
  judge: (handshake) => {
    const refused = named(handshake, 'mcp.refused').findLast(({ status }) => status === 406)
    if (!refused) return null
    return {
      confidence: 'confirmed',
      title: 'The client accepts none of MCP’s content types',
      explanation:
        'A missing Accept header and */* count as both types. This request named others: a proxy or a hand-made client sets a header of its own.',
      evidence: [refused],
      fix: [
        {
          text: 'Send the header as MCP requires, and let no proxy replace it.',
          code: 'Accept: application/json, text/event-stream',
        },
      ],
    }
  },
})
