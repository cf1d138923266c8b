import { reasonWords } from '@/lib/reasons'
import { refusedBecause } from '../evidence'
import { handshakeRule } from '../rule'

/** §0 step 1: MCP transports, "Security Warning". */
export const originHostCheck = handshakeRule({
  id: 'origin-host-check',
  symptom: 'Requests to /mcp are answered with 403 before the token is checked',
  sources: [
    'MCP 2025-11-25 basic/transports, Security Warning',
    'claude.com/docs/connectors/building/testing',
  ],
  judge: (handshake) => {
    const host = refusedBecause(handshake, 'mcp.refused', 'host-not-allowed').at(-1)
    const refused = host ?? refusedBecause(handshake, 'mcp.refused', 'origin-not-allowed').at(-1)
    if (!refused) return null
    return {
      confidence: 'confirmed',
      title: host
        ? 'Requests arrive under a host name that this server is not configured for'
        : 'A web page of an origin that is not allowed called /mcp',
      explanation: host
        ? `The server believes it is on this machine only and protects itself against DNS rebinding: ${reasonWords(host.reason)}.`
        : 'Browsers name the page that calls. Only claude.ai, claude.com, this machine and the origins of PORTICO_ALLOWED_ORIGINS may call; programs other than browsers send no Origin and pass.',
      evidence: [refused],
      fix: [
        host
          ? {
              text: 'Set PORTICO_URL to the public https origin under which clients reach this server, and restart.',
              where: 'settings of this server',
              code: 'PORTICO_URL=https://portico.example.com',
            }
          : {
              text: 'Add the origin of that page to PORTICO_ALLOWED_ORIGINS and restart; or stop the proxy from adding an Origin header.',
              where: 'settings of this server',
            },
      ],
    }
  },
})
