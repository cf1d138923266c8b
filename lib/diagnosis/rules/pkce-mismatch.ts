import { newest, refusedBecause } from '../evidence'
import { handshakeRule } from '../rule'

/** RFC 7636 §4.6. */
export const pkceMismatch = handshakeRule({
  id: 'pkce-mismatch',
  symptom: 'Refused with “invalid_grant” although the code is fresh',
  sources: ['RFC 7636 §4.6', 'claude.com/docs/connectors/building/authentication'],
  judge: (handshake) => {
    const refused = refusedBecause(
      handshake,
      'token.refused',
      'verifier-mismatch',
      'parameter-missing',
      'parameter-repeated',
    ).findLast(
      ({ reason }) => reason.kind === 'verifier-mismatch' || reason.parameter === 'code_verifier',
    )
    if (!refused) return null
    const missing = refused.reason.kind === 'parameter-missing'
    return {
      confidence: 'confirmed',
      title: missing
        ? 'The client sent no PKCE verifier with its code'
        : 'The PKCE verifier does not belong to the request that the code came from',
      explanation: missing
        ? 'Every client must use PKCE with S256. This one left the verifier out, or a proxy dropped the parameter.'
        : 'Two sign-ins of the same client were mixed up (two tabs, or a retry that kept the older verifier), or the client computes the challenge wrongly.',
      evidence: [newest(handshake, 'code.issued'), refused],
      fix: [
        'Close other sign-in tabs and connect once more.',
        'If it persists, update the client: the challenge is BASE64URL(SHA-256(verifier)) without padding.',
      ],
    }
  },
})
