import { newest, refusedBecause } from '../evidence'
import { handshakeRule } from '../rule'

/** An interaction lives for half an hour. */
export const consentTxnExpired = handshakeRule({
  id: 'consent-txn-expired',
  symptom: 'The consent page says that the request has expired',
  sources: ['jlowin/fastmcp#2670'],
  judge: (handshake) => {
    const refused = refusedBecause(handshake, 'consent.refused', 'consent-expired').at(-1)
    if (!refused || newest(handshake, 'code.issued')) return null
    return {
      confidence: 'confirmed',
      title: 'The answer on the consent page came more than half an hour after the question',
      explanation:
        'A request for access is kept for 30 minutes. After that the client has given up waiting, too.',
      evidence: [newest(handshake, 'authorization.requested'), refused],
      fix: ['Start again from the client and answer the page that opens.'],
    }
  },
})
