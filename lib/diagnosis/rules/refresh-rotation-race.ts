import { named } from '../evidence'
import { handshakeRule } from '../rule'
import { connectAgain } from '../words'

/** OAuth 2.1 §4.3.1, beyond the grace window. */
export const refreshRotationRace = handshakeRule({
  id: 'refresh-rotation-race',
  whenComplete: true,
  symptom: 'The connection is lost at random, about when a token expires',
  sources: ['jlowin/fastmcp#4264', 'anthropics/claude-code#65408', 'OAuth 2.1 §4.3.1'],
  judge: (handshake) => {
    const reused = named(handshake, 'token.reused')
    const last = reused.at(-1)
    if (!last) return null
    const before = named(handshake, 'token.refreshed').filter(({ at }) => at <= last.at)
    return {
      confidence: 'likely',
      title: 'A refresh token was used again long after its first use',
      explanation:
        'Two machines of the client held the same refresh token. Within 60 s both get the same successor; this one came later, which is also what a thief would do, so the connection was revoked.',
      evidence: [before.at(-1), ...reused],
      fix: [
        'Connect again from the client.',
        {
          text: 'Let access tokens live longer, so that there are fewer refreshes to race.',
          where: 'settings of this server',
          code: 'PORTICO_ACCESS_TOKEN_MINUTES=480',
        },
      ],
      verify: `${connectAgain} It outlives the next refresh.`,
    }
  },
})
