import { handshakeRule, troubledStage } from '../rule'

/** A gap this long before the next request means that the server was away. */
const gapMs = 60_000

/** The server was away in the middle of the attempt. */
export const serverRestarted = handshakeRule({
  id: 'server-restarted',
  symptom: 'It stopped in the middle, once',
  sources: ['RFC 9110 §9.2.2'],
  judge: (handshake, { startedAt, settings }) => {
    if (startedAt === null || troubledStage(handshake) === null) return null
    if (startedAt < handshake.startedAt || startedAt > handshake.lastAt + gapMs) return null
    return {
      confidence: 'likely',
      title: 'This server was restarted in the middle of the attempt',
      explanation:
        settings.databaseKind === 'embedded'
          ? 'What was under way is in the database and was not lost, but a request that came while the server was away was not answered, and clients do not retry.'
          : 'A request that came while no instance was ready was not answered, and clients do not retry.',
      evidence: [handshake.events.findLast(({ at }) => at <= startedAt) ?? handshake.events[0]],
      fix: [
        'Connect again.',
        {
          text: 'If the platform restarts it often, look for memory limits and for sleep on idle.',
          where: 'the platform this server runs on',
        },
      ],
    }
  },
})
