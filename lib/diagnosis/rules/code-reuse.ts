import { reasonOfEvent } from '@/lib/stored-reasons'
import { named } from '../evidence'
import { handshakeRule } from '../rule'

/** RFC 9700 §4.5: used twice, so everything issued for it has ended. */
export const codeReuse = handshakeRule({
  id: 'code-reuse',
  whenComplete: true,
  symptom: 'The token works for a moment, then the connection is revoked',
  sources: ['RFC 9700 §4.5', 'OAuth 2.1 §4.1.3'],
  judge: (handshake) => {
    const replays = named(handshake, 'code.replayed', 'token.refused').filter(
      (event) => event.name === 'code.replayed' || reasonOfEvent(event)?.kind === 'code-used',
    )
    if (replays.length === 0) return null
    return {
      confidence: 'confirmed',
      title: 'The code was exchanged twice, and the connection was revoked for it',
      explanation:
        'The second use of a code may be a thief’s, so the tokens of the first end, too. In practice a proxy repeated the POST after a time-out, or the client tried again.',
      evidence: [...named(handshake, 'token.issued').slice(0, 1), ...replays],
      fix: [
        {
          text: 'Let no proxy repeat a POST.',
          where: 'nginx → server block',
          code: 'proxy_next_upstream off;',
        },
        'Then connect again.',
      ],
    }
  },
})
