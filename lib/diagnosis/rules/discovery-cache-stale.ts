import { has } from '../evidence'
import { handshakeRule, troubledStage } from '../rule'

/** Claude caches documents by URL, for all users, for about five minutes. */
const cachedMs = 5 * 60_000

/** An attempt that read no document, soon after a change. */
export const discoveryCacheStale = handshakeRule({
  id: 'discovery-cache-stale',
  symptom: 'It was fixed, and still fails',
  sources: [
    'claude.com/docs/connectors/building/lazy-authentication',
    'anthropics/claude-ai-mcp#479',
  ],
  judge: (handshake, { startedAt }) => {
    if (troubledStage(handshake) === null || handshake.surface !== 'claude-hosted') return null
    if (startedAt === null) return null
    if (has(handshake, 'resource-metadata.served', 'server-metadata.served')) return null
    const since = handshake.startedAt - startedAt
    if (since < 0 || since > cachedMs) return null
    return {
      confidence: 'possible',
      title: 'Claude may still use documents from before this server was changed',
      explanation:
        'Claude keeps discovery documents for about five minutes, for all users together. This attempt read none, and the server was restarted less than five minutes before.',
      evidence: [handshake.events[0]],
      fix: [
        'Wait five minutes, then connect again. If it persists, remove the connector and add it again.',
      ],
    }
  },
})
