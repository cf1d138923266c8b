import { documentAt, textsIn } from '../probe'
import { discoveryStages, probeRule } from '../rule'

/** MCP authorization: a client must not go on without it. */
export const pkceNotAdvertised = probeRule({
  id: 'pkce-not-advertised',
  stages: discoveryStages,
  symptom: 'Couldn’t reach, before any sign-in',
  sources: ['anthropics/claude-ai-mcp#946', 'anthropics/claude-code#13275', 'RFC 8414 §2'],
  judge: (probe) => {
    const metadata = documentAt(probe, 'server-metadata')
    if (!metadata || !('issuer' in metadata)) return null
    const methods = textsIn(metadata, 'code_challenge_methods_supported')
    if (methods.includes('S256')) return null
    return {
      confidence: 'confirmed',
      title: 'The metadata does not say that PKCE with S256 is supported',
      explanation:
        'Claude stops in discovery without it. Portico’s metadata says so: the document was changed or is another server’s.',
      observations: [`code_challenge_methods_supported: ${methods.join(', ') || 'none'}`],
      fix: ['Pass on Portico’s metadata unchanged.'],
    }
  },
})
