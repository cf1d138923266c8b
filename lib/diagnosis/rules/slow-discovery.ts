import { named } from '../evidence'
import { handshakeRule, troubledStage } from '../rule'

/** Claude gives up after 10 s. */
const slowMs = 8000

/** A document or a registration that came too late. */
export const slowDiscovery = handshakeRule({
  id: 'slow-discovery',
  symptom: 'Could not reach the server, now and then',
  sources: ['claude.com/docs/connectors/building/authentication'],
  judge: (handshake) => {
    if (troubledStage(handshake) === null) return null
    const slow = named(
      handshake,
      'mcp.challenged',
      'resource-metadata.served',
      'server-metadata.served',
      'client.registered',
    ).filter(({ durationMs }) => (durationMs ?? 0) >= slowMs)
    const [first] = slow
    if (!first) return null
    return {
      confidence: 'likely',
      title: `${first.method ?? 'A request for'} ${first.path ?? 'a document'} took ${((first.durationMs ?? 0) / 1000).toFixed(1)} s, and Claude waits 10`,
      explanation:
        'Discovery and registration have 10 s each. The first request after a sleep uses them up on platforms that start servers on demand.',
      evidence: slow,
      fix: [
        {
          text: 'Keep one instance warm: no sleep on idle, no scale to zero.',
          where: 'the platform this server runs on',
        },
      ],
    }
  },
})
