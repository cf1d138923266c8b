import { movedSince } from '../moved'
import { handshakeRule } from '../rule'

/** PORTICO_URL has changed since the connection was made. */
export const addressChanged = handshakeRule({
  id: 'address-changed',
  whenComplete: true,
  symptom: 'Since the server’s address changed, every connection is refused',
  sources: ['RFC 8707 §2', 'RFC 9068 §4', 'RFC 6749 §5.2'],
  judge: (handshake, facts) => {
    const moved = movedSince(handshake, facts)
    if (!moved) return null
    const { origin, mcpUrl } = facts
    const former = new URL(moved.madeFor).origin
    return {
      confidence: 'confirmed',
      title: `The address of this server changed from ${former} to ${origin}; this connection was made for ${former}`,
      explanation:
        'Tokens are valid only at the address they were issued for. The client was told that its sign-in has ended (invalid_grant), so that it signs in again. A client that still has the earlier address needs the present one.',
      evidence: [moved.refused],
      fix: [
        {
          text: 'Sign in again from the client. If it still calls the earlier address, remove the server there and add this one.',
          code: mcpUrl,
        },
        {
          text: 'Or keep existing connections: name the earlier address and restart. Connections then move to the present one when they refresh.',
          where: 'settings of this server',
          code: `PORTICO_FORMER_URLS=${former}`,
        },
        {
          text: `If the address was not meant to change, set PORTICO_URL back and restart: nothing is lost.`,
          where: 'settings of this server',
          code: `PORTICO_URL=${former}`,
        },
      ],
    }
  },
})
