import { has, named } from '../evidence'
import { handshakeRule } from '../rule'
import { addAnew } from '../words'

/** The request went to another address than the MCP URL. */
export const wrongUrlOrScheme = handshakeRule({
  id: 'wrong-url-or-scheme',
  symptom: 'Could not reach the server, while the log shows requests',
  sources: ['anthropics/claude-ai-mcp#824', 'anthropics/claude-code#84843'],
  judge: (handshake, { mcpUrl }) => {
    const missed = named(handshake, 'path.missed').filter(
      ({ method, detail }) => method === 'POST' || detail.hint !== undefined,
    )
    const [first] = missed
    if (!first || has(handshake, 'token.issued', 'authorization.requested')) return null
    const reached = has(handshake, 'mcp.challenged')
    return {
      confidence: reached ? 'possible' : 'confirmed',
      title: `The client calls another path; the MCP endpoint is ${mcpUrl}`,
      explanation:
        'The address that was pasted is not the address of the endpoint. Nothing is served there, and discovery cannot begin.',
      evidence: missed,
      observations: [`asked for: ${first.path}`],
      fix: [
        {
          text: 'Paste exactly this address.',
          where: 'Claude → Settings → Connectors',
          code: mcpUrl,
        },
        addAnew,
      ],
    }
  },
})
