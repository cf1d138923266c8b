import { eventsBecause, standing } from '../evidence'
import { handshakeRule } from '../rule'
import { addAnew } from '../words'

const hourMs = 3_600_000

/** A client that this server does not know. */
export const staleClientId = handshakeRule({
  id: 'stale-client-id',
  symptom: 'It worked before, and now the client is not known',
  sources: [
    'anthropics/claude-ai-mcp#350',
    'anthropics/claude-code#84614',
    'RFC 6749 §5.2 invalid_client',
  ],
  judge: (handshake, { settings, startedAt }) => {
    const refused = eventsBecause(
      standing(handshake, 'authorization.refused', 'token.refused'),
      'client-unknown',
      'client-id-missing',
    ).at(-1)
    if (!refused) return null
    const isFresh =
      startedAt !== null && settings.databaseKind === 'embedded' && refused.at - startedAt < hourMs
    return {
      confidence: 'confirmed',
      title: 'The client uses an id that this server does not know',
      explanation: isFresh
        ? 'It registered with an earlier database. This server was started not long ago with an embedded one: a container without a volume loses its data directory with every start.'
        : 'It was registered with another database, or removed since: clients that nobody ever approved are deleted after a week.',
      evidence: [refused],
      fix: [
        ...(isFresh
          ? [
              {
                text: 'Keep the data directory on a volume, or set DATABASE_URL.',
                where: 'how this server is deployed',
                code: 'docker run -v portico:/data …',
              },
            ]
          : []),
        {
          ...addAnew,
          text: 'Remove the connector and add it again: removing it makes Claude forget the id.',
        },
      ],
    }
  },
})
