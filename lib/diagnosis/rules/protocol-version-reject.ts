import { detailText, has, named } from '../evidence'
import { handshakeRule } from '../rule'

/** The 2026-07-28 opening failed, and the client did not fall back to the older one. */
export const protocolVersionReject = handshakeRule({
  id: 'protocol-version-reject',
  symptom: 'Could not connect, since August 2026',
  sources: [
    'dkd/typo3-mcp-server#110',
    'zoedsoupe/anubis-mcp#294',
    'anomalyco/opencode#39354',
    'MCP 2026-07-28 server/discover',
  ],
  judge: (handshake) => {
    const refused = named(handshake, 'mcp.refused', 'mcp.discovered').filter(
      (event) =>
        detailText(event, 'method') === 'server/discover' &&
        event.outcome !== 'ok' &&
        event.detail.code !== -32020,
    )
    if (refused.length === 0 || has(handshake, 'mcp.initialized')) return null
    return {
      confidence: 'likely',
      title: 'The client’s opening “server/discover” failed, and it did not try “initialize”',
      explanation:
        'Clients open with the revision of 2026-07-28 and fall back on the older ones after a clean error. This one was answered with an error and stopped.',
      evidence: refused,
      fix: [
        {
          text: 'Look at the request and its answer in the log: the reason names what was wrong with it.',
          where: 'Live log',
        },
        'Update Portico and the client: both eras are served at this URL.',
        {
          text: 'As a workaround, let the client begin with the older revisions.',
          where: 'Claude Code',
          code: 'MCP_PROTOCOL_NEGOTIATION=legacy claude',
        },
      ],
    }
  },
})
