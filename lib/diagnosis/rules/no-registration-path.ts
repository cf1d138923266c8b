import { documentAt } from '../probe'
import { discoveryStages, probeRule } from '../rule'

/** RFC 7591 and CIMD: the metadata must offer one of the two. */
export const noRegistrationPath = probeRule({
  id: 'no-registration-path',
  stages: discoveryStages,
  symptom: 'Couldn’t register; add an OAuth client id',
  sources: ['anthropics/claude-ai-mcp#306', 'anthropics/claude-ai-mcp#350', 'RFC 8414 §2'],
  judge: (probe) => {
    const metadata = documentAt(probe, 'server-metadata')
    if (!metadata || !('issuer' in metadata) || 'registration_endpoint' in metadata) return null
    if (metadata.client_id_metadata_document_supported === true) return null
    return {
      confidence: 'confirmed',
      title: 'The metadata offers no way to register a client',
      explanation:
        'Neither a registration endpoint nor metadata documents of clients are offered, so only a client that was created by hand can connect.',
      observations: [
        'registration_endpoint: none',
        'client_id_metadata_document_supported: not true',
      ],
      fix: [
        'Pass on Portico’s metadata unchanged: it offers both.',
        {
          text: 'Or create a client by hand and paste its id.',
          where: 'Clients → New client; Claude → Settings → Connectors → Advanced settings',
        },
      ],
    }
  },
})
