import { newest } from '../evidence'
import { handshakeRule } from '../rule'

/** The database was away, and clients were told to retry (503). */
export const databaseAway = handshakeRule({
  id: 'database-away',
  symptom: 'Answered with 503: the database was away',
  sources: ['RFC 9110 §15.6.4', 'RFC 9110 §10.2.3'],
  judge: (handshake) => {
    const refused = newest(handshake, 'request.unavailable')
    if (!refused) return null
    const wasServedAfter = handshake.events.some(
      ({ at, outcome }) => at > refused.at && outcome === 'ok',
    )
    return {
      // a client that retried and was served recovered: what ended the attempt came later
      confidence: wasServedAfter ? 'possible' : 'confirmed',
      title: 'The database of this server did not answer',
      explanation:
        'Requests that need it are answered with 503 and Retry-After while it is away. Claude may not come back by itself.',
      evidence: [refused],
      fix: [
        {
          text: 'Find out why the database was away: the console says when it went, why, and when it returned.',
          where: 'console of this server, log of the database',
        },
      ],
    }
  },
})
