import { documentAt } from '../probe'
import { discoveryStages, probeRule } from '../rule'
import { addAnew } from '../words'

/** RFC 9728 §3.3: a document about another resource is ignored. */
export const prmResourceMismatch = probeRule({
  id: 'prm-resource-mismatch',
  stages: discoveryStages,
  symptom: 'Couldn’t register; McpEndpointNotFound',
  sources: ['anthropics/claude-ai-mcp#560', 'RFC 9728 §3.3'],
  judge: (probe, { mcpUrl }) => {
    const resource = documentAt(probe, 'resource-metadata')?.resource
    if (typeof resource !== 'string' || resource === mcpUrl) return null
    return {
      confidence: 'confirmed',
      title: `The metadata is for ${resource}, and people paste ${mcpUrl}`,
      explanation:
        'Clients compare the two letter by letter and ignore the document when they differ, in host, scheme, path or a slash. Another instance answers, set to another PORTICO_URL, or a proxy rewrites the document.',
      observations: [`resource: ${resource}`],
      fix: [
        {
          text: 'Set PORTICO_URL to the origin that people use, the same on every instance, and restart.',
          where: 'settings of this server',
        },
        'Let no proxy rewrite the document.',
        addAnew,
      ],
    }
  },
})
