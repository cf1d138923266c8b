import { newest } from '../evidence'
import { handshakeRule } from '../rule'

/** RFC 6749 §4.1.2.1 `access_denied`. */
export const consentDenied = handshakeRule({
  id: 'consent-denied',
  symptom: 'Claude says that authorization failed',
  sources: ['RFC 6749 §4.1.2.1'],
  judge: (handshake) => {
    const denied = newest(handshake, 'consent.denied')
    if (!denied || newest(handshake, 'token.issued')) return null
    return {
      confidence: 'confirmed',
      title: denied.detail.byOperator
        ? 'An operator denied the client, which the person had allowed'
        : 'Someone pressed “Deny” on the consent page',
      explanation: 'The client was told so. Nothing is wrong with this server.',
      evidence: [denied],
      fix: ['To connect after all, start again from the client and press “Allow”.'],
    }
  },
})
