import type { Handshake } from '@/lib/handshake/handshake'
import { has, newest } from '../evidence'
import { type Cause, handshakeRule } from '../rule'

/** How long a person may take before there is a finding. */
const patienceMs = 5 * 60_000

/** A waiting browser comes back within seconds of the approval. */
const returnsWithinMs = 60_000

/** The person has approved, and an operator, who must approve the client, has not, or too late. */
function ofHeld(handshake: Handshake, now: number): Cause | null {
  const held = newest(handshake, 'consent.held')
  const approved = newest(handshake, 'consent.approved')
  if (approved && now < approved.at + returnsWithinMs) return null
  if (approved) {
    return {
      confidence: 'likely',
      title: 'An operator approved it, and the person’s browser did not come back for the answer',
      explanation: 'The page that waits was closed before. The client is approved from now on.',
      evidence: [held, approved],
      fix: ['Start again from the client: nobody has to wait any more.'],
    }
  }
  return {
    confidence: 'confirmed',
    title: 'The person allowed it, and no operator has approved the client yet',
    explanation:
      'Clients that no operator has allowed before wait (PORTICO_CLIENT_APPROVAL). The code is issued as soon as one approves, while the person keeps the page open.',
    evidence: [held],
    fix: [{ text: 'Approve or deny it.', where: 'Portico, Approvals' }],
  }
}

/** The page was shown, and nobody has answered it. */
export const consentUnanswered = handshakeRule({
  id: 'consent-unanswered',
  symptom: 'Claude waits, and nothing happens',
  sources: ['RFC 6749 §4.1.1'],
  judge: (handshake, _facts, now) => {
    if (has(handshake, 'consent.held')) {
      return has(handshake, 'consent.granted', 'consent.denied') ? null : ofHeld(handshake, now)
    }
    const shown = newest(handshake, 'consent.shown')
    if (!shown || now < shown.at + patienceMs) return null
    if (has(handshake, 'consent.granted', 'consent.denied', 'consent.refused')) return null
    return {
      confidence: 'likely',
      title: 'The consent page was shown, and nobody has answered it',
      explanation:
        'The tab was closed or forgotten. The request stays open for 30 minutes after it was made.',
      evidence: [shown],
      fix: ['Go back to the tab and answer, or start again from the client.'],
    }
  },
})
