import { newest } from '../evidence'
import { handshakeRule } from '../rule'
import { connectAgain } from '../words'

/** Claude gives up after 10 s. */
const slowMs = 8000

/** The token was issued to a client that no longer waited. */
export const tokenSlow = handshakeRule({
  id: 'token-slow',
  symptom: 'Token exchange fails, now and then',
  sources: ['claude.com/docs/connectors/building/authentication'],
  judge: (handshake) => {
    const issued = newest(handshake, 'token.issued')
    if (!issued?.durationMs || issued.durationMs < slowMs) return null
    return {
      confidence: issued.durationMs >= 10_000 ? 'confirmed' : 'likely',
      title: `The token took ${(issued.durationMs / 1000).toFixed(1)} s, and Claude waits 10`,
      explanation:
        'The answer came when the client no longer waited. Cold starts, a database that is far away or locked, and a disk that is slow do this.',
      evidence: [issued],
      fix: [
        {
          text: 'Keep one instance warm, and the database in the same region.',
          where: 'the platform this server runs on',
        },
      ],
      verify: `${connectAgain} The token takes less than a second.`,
    }
  },
})
