import { answerTo, documentAt, probeText } from '../probe'
import { discoveryStages, probeRule } from '../rule'

/** RFC 9728 §3.1: the path of the resource is inserted after the well-known part. */
export const prmPath404 = probeRule({
  id: 'prm-path-404',
  stages: discoveryStages,
  symptom: 'The client opens /authorize at the wrong place, or nothing at all',
  sources: ['anthropics/claude-ai-mcp#716', 'anthropics/claude-ai-mcp#690', 'RFC 9728 §3.1'],
  judge: (probe) => {
    const suffixed = answerTo(probe, 'resource-metadata')
    if (suffixed?.status !== 404 || documentAt(probe, 'resource-metadata-root') === null)
      return null
    return {
      confidence: 'confirmed',
      title: 'The metadata is served at the root, not where clients look first',
      explanation:
        'For a resource at /mcp the document is at /.well-known/oauth-protected-resource/mcp. Portico serves it there; a rule in front passes only the exact root path on.',
      observations: [probeText(suffixed)],
      fix: [
        {
          text: 'Pass everything below /.well-known/oauth-protected-resource on: a prefix rule, not an exact one.',
          where: 'the proxy in front of this server',
          code: 'location ^~ /.well-known/oauth-protected-resource { proxy_pass http://portico; }',
        },
      ],
    }
  },
})
