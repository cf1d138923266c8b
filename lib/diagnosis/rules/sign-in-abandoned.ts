import { has, newest } from '../evidence'
import { handshakeRule } from '../rule'

const patienceMs = 5 * 60_000

/** Redirected to sign-in, and nobody signed in. */
export const signInAbandoned = handshakeRule({
  id: 'sign-in-abandoned',
  symptom: 'A sign-in page opened, and then nothing',
  sources: ['RFC 6749 §4.1.1'],
  judge: (handshake, _facts, now) => {
    const requested = newest(handshake, 'authorization.requested')
    if (!requested || now < requested.at + patienceMs) return null
    const later = ['consent.shown', 'consent.granted', 'consent.denied', 'consent.refused'] as const
    if (has(handshake, ...later, 'operator.signed-in', 'operator.refused')) return null
    return {
      confidence: 'possible',
      title: 'The browser was sent to sign in here, and nobody signed in',
      explanation:
        'The tab was closed, the person has no account on this server, or the page did not load: a firewall that blocks /sign-in, /api/auth or /_next leaves it empty.',
      evidence: [requested],
      fix: [
        { text: 'Open the sign-in page yourself and see that it loads.', where: '/sign-in' },
        {
          text: 'Let /sign-in, /api/auth/* and /_next/* through.',
          where: 'the proxy in front of this server',
        },
      ],
    }
  },
})
