import { named } from '../evidence'
import { handshakeRule } from '../rule'

/** The JSON-RPC code of MCP 2026-07-28 for headers that contradict the message. */
const headerMismatch = -32020

/** Portico reconciles the one contradiction that Claude is known for; this is another. */
export const headerBodyVersionMismatch = handshakeRule({
  id: 'header-body-version-mismatch',
  symptom: 'Every call fails with the code -32020',
  sources: ['anthropics/claude-code#93290', 'MCP 2026-07-28 basic/transports'],
  judge: (handshake) => {
    const refused = named(handshake, 'mcp.refused').filter(
      ({ detail }) => detail.code === headerMismatch,
    )
    if (refused.length === 0) return null
    return {
      confidence: 'confirmed',
      title: 'The headers of the request contradict its body about the protocol revision',
      explanation:
        'MCP-Protocol-Version, Mcp-Method or Mcp-Name contradict the message. A proxy that adds or caches headers does this, and so do some releases of clients.',
      evidence: refused,
      fix: ['Let no proxy set MCP-Protocol-Version, Mcp-Method or Mcp-Name.', 'Update the client.'],
    }
  },
})
