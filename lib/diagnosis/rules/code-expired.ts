import { newest, refusedBecause } from '../evidence'
import { handshakeRule } from '../rule'

/** RFC 6749 §4.1.2: a code lives for a minute. */
export const codeExpired = handshakeRule({
  id: 'code-expired',
  symptom: 'The code has expired when it is exchanged',
  sources: ['RFC 6749 §4.1.2'],
  judge: (handshake) => {
    const refused = refusedBecause(handshake, 'token.refused', 'code-expired').at(-1)
    if (!refused) return null
    const code = newest(handshake, 'code.issued')
    const seconds = code ? Math.round((refused.at - code.at) / 1000) : null
    const isEarly = seconds !== null && seconds < 60
    return {
      confidence: 'confirmed',
      title: isEarly
        ? 'The code counted as expired before its minute was over: clocks disagree'
        : 'The code was exchanged too late',
      explanation: isEarly
        ? `Only ${seconds} s passed. The instance that issued it and the one that received it have different times.`
        : `A code is good for 60 s${seconds === null ? '' : `, and ${seconds} s went by`}. The client was held up, or its requests wait in front of this server.`,
      evidence: [code, refused],
      fix: [
        isEarly
          ? {
              text: 'Keep the clocks of all instances synchronised.',
              where: 'chrony or systemd-timesyncd on each machine',
            }
          : 'Start again from the client. If it happens again, look at what delays POST /token.',
      ],
    }
  },
})
