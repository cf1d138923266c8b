import { fetchFailureWords } from '@/lib/reasons'
import { documentsRefused, eventsBecause } from '../evidence'
import { handshakeRule } from '../rule'

/** What a site answers to a supposed bot. */
const wallStatuses: ReadonlySet<number> = new Set([403, 429, 503])

/** The client's metadata document could not be read, and no copy was available. */
export const cimdFetch403 = handshakeRule({
  id: 'cimd-fetch-403',
  symptom: 'Invalid client id, although the client is Claude itself',
  sources: [
    'anthropics/claude-ai-mcp#650',
    'anthropics/claude-code#84263',
    'cloudflare/workers-oauth-provider#248',
    'draft-ietf-oauth-client-id-metadata-document §4',
  ],
  judge: (handshake) => {
    const failed = eventsBecause(documentsRefused(handshake), 'document-away').at(-1)
    if (!failed) return null
    const { failure } = failed.reason
    const walled = failure.kind === 'status' && wallStatuses.has(failure.status ?? 0)
    return {
      confidence: 'confirmed',
      title: `This server could not read the document that describes the client: ${fetchFailureWords(failure)}`,
      explanation: walled
        ? 'The client’s id is the URL of a document. The site that holds it takes servers in some data centres for bots and answers with a challenge.'
        : 'The client’s id is the URL of a document, and this server has to fetch it. The request failed.',
      evidence: [failed],
      fix: [
        {
          text: 'Check that this server can reach the internet: https to the host of the client id, and name resolution.',
          where: 'outgoing firewall, proxy and DNS of this server',
        },
        {
          text: 'Choose “Register automatically” in the connector’s dialog instead of the published identity.',
          where: 'Claude → Settings → Connectors → Add custom connector',
        },
        {
          text: 'For a client of your own whose document is on an internal host, name that host.',
          where: 'settings of this server',
          code: 'PORTICO_INTERNAL_CLIENT_HOSTS=clients.internal.example',
        },
      ],
    }
  },
})
