import { reasonOfEvent } from '@/lib/stored-reasons'
import { documentsRefused, whyOf } from '../evidence'
import { handshakeRule } from '../rule'

/** The document was read, and is invalid. */
export const cimdDocRejected = handshakeRule({
  id: 'cimd-doc-rejected',
  symptom: 'The client is unknown, although its document can be read',
  sources: ['anthropics/claude-ai-mcp#518', 'draft-ietf-oauth-client-id-metadata-document §4.1'],
  judge: (handshake) => {
    const failed = documentsRefused(handshake).findLast(
      (event) => reasonOfEvent(event)?.kind !== 'document-away',
    )
    if (!failed) return null
    return {
      confidence: 'confirmed',
      title: 'The document that describes the client is invalid',
      explanation: `It was fetched and refused: ${whyOf(failed)}. Unknown members and grant types are ignored, so the fault is another one.`,
      evidence: [failed],
      fix: [
        'Tell the document’s publisher: its “client_id” must be its own URL, it needs a “client_name” and usable “redirect_uris”, and it may hold no secret.',
        'Until then let the client register dynamically.',
      ],
    }
  },
})
