import { answerTo, pointerOf } from '../probe'
import { discoveryStages, probeRule } from '../rule'

/** Reported by two operators; many pointers to the root work. */
export const prmPointerRootForPathResource = probeRule({
  id: 'prm-pointer-root-for-path-resource',
  stages: discoveryStages,
  symptom: 'All documents are read, and then the client asks for the first one again',
  sources: ['lion-reader/lion-reader#978', 'anthropics/claude-ai-mcp#680', 'RFC 9728 §3.1'],
  judge: (probe, { mcpUrl }) => {
    const challenge = answerTo(probe, 'challenge-post')
    const pointer = challenge ? pointerOf(challenge) : null
    const path = new URL(mcpUrl).pathname
    if (pointer === null || path === '/' || !/oauth-protected-resource\/?$/.test(pointer))
      return null
    return {
      confidence: 'possible',
      title: 'The challenge points to the metadata at the root, although the resource has a path',
      explanation: `RFC 9728 inserts the path: …/oauth-protected-resource${path}. Some clients seem to require that.`,
      observations: [`resource_metadata: ${pointer}`],
      fix: ['Let no proxy rewrite WWW-Authenticate: Portico sends the address with the path.'],
    }
  },
})
