import { has, idsOf, newest } from '../evidence'
import { handshakeRule } from '../rule'
import { connectAgain } from '../words'

/** How long a person may take before it is worth a word. */
const patienceMs = 5 * 60_000

/** The page stands, and nobody has pressed anything. */
export const consentUnanswered = handshakeRule({
  id: 'consent-unanswered',
  symptom: 'Claude waits, and nothing happens',
  sources: ['RFC 6749 §4.1.1'],
  judge: (handshake, _facts, now) => {
    const shown = newest(handshake, 'consent.shown')
    if (!shown || now < shown.at + patienceMs) return null
    if (has(handshake, 'consent.granted', 'consent.denied', 'consent.refused')) return null
    return {
      confidence: 'likely',
      title: 'The consent page was shown, and nobody has answered it',
      explanation:
        'The tab was closed or forgotten. The request stays open for 30 minutes after it was made.',
      evidence: idsOf(shown),
      fix: [{ text: 'Go back to the tab and answer, or start again from the client.' }],
      verify: connectAgain,
    }
  },
})
