import { documentAt, textsIn } from '../probe'
import { discoveryStages, probeRule } from '../rule'

/** Two members have to agree before Claude uses its published identity. */
export const cimdFlagHalf = probeRule({
  id: 'cimd-flag-half',
  stages: discoveryStages,
  symptom: 'Claude registers again each time instead of using its published identity',
  sources: ['anthropics/claude-ai-mcp#433', 'home-assistant/core#179326'],
  judge: (probe) => {
    const metadata = documentAt(probe, 'server-metadata')
    if (metadata?.client_id_metadata_document_supported !== true) return null
    const methods = textsIn(metadata, 'token_endpoint_auth_methods_supported')
    if (methods.includes('none')) return null
    return {
      confidence: 'confirmed',
      title: 'Metadata documents of clients are offered, and public clients are not',
      explanation:
        'Claude’s published identity is a public client. Without “none” among the methods of the token endpoint it silently registers instead.',
      observations: [
        `token_endpoint_auth_methods_supported: ${methods.join(', ') || 'none given'}`,
      ],
      fix: [
        'Add “none” to token_endpoint_auth_methods_supported; Portico has it, so let its document through unchanged.',
      ],
    }
  },
})
