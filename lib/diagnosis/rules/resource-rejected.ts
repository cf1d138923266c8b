import { reasonOfEvent } from '@/lib/stored-reasons'
import { detailText, standing } from '../evidence'
import { handshakeRule } from '../rule'
import { addAnew } from '../words'

/** RFC 8707 §2 `invalid_target`. */
export const resourceRejected = handshakeRule({
  id: 'resource-rejected',
  symptom: 'The requested resource is invalid',
  sources: ['anthropics/claude-ai-mcp#560', 'RFC 8707 §2'],
  judge: (handshake, { mcpUrl, origin }) => {
    const refused = standing(handshake, 'authorization.refused', 'token.refused').findLast(
      (event) =>
        event.detail.error === 'invalid_target' ||
        reasonOfEvent(event)?.kind === 'resource-unknown',
    )
    if (!refused) return null
    const wanted = detailText(refused, 'wanted')
    return {
      confidence: 'confirmed',
      title: wanted
        ? `The client wants a token for ${wanted}, and this server is ${mcpUrl}`
        : `The client wants a token for another address than ${mcpUrl}`,
      explanation:
        'The address that was pasted leads here, but it is not the one this server is configured for: another host name (with or without www), http instead of https, or another path.',
      evidence: [refused],
      observations: wanted ? [`asked for: ${wanted}`, `this server: ${mcpUrl}`] : [],
      fix: [
        {
          text: 'Paste exactly this address.',
          where: 'Claude → Settings → Connectors',
          code: mcpUrl,
        },
        {
          text: `Or, if clients should use the other name, set PORTICO_URL to it (now ${origin}) and restart; to answer to both, name the other one in PORTICO_FORMER_URLS.`,
          where: 'settings of this server',
        },
        addAnew,
      ],
    }
  },
})
