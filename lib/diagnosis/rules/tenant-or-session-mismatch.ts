import { reasonOfEvent } from '@/lib/stored-reasons'
import { afterToken } from '../after-token'
import { handshakeRule } from '../rule'
import { addAnew } from '../words'

/** §0 step 1: authenticated, but not allowed. */
export const tenantOrSessionMismatch = handshakeRule({
  id: 'tenant-or-session-mismatch',
  symptom: 'Connected, and then every request is answered with 403',
  sources: ['claude.com/docs/connectors/building/lazy-authentication', 'RFC 6750 §3.1'],
  judge: (handshake, _facts, now) => {
    const after = afterToken(handshake, now)
    const call = after?.calls.find(
      (event) => event.status === 403 && reasonOfEvent(event)?.kind === 'scope-insufficient',
    )
    if (!after || !call) return null
    return {
      confidence: 'confirmed',
      title: 'The token lacks the scope that the request needs',
      explanation:
        'The person allowed less than the tools ask for. Claude asks for more only after a challenge that names the missing scope, and remembers that challenge for about 15 minutes.',
      evidence: [after.token, call],
      fix: [
        {
          text: 'Revoke the connection, then connect again and allow every scope.',
          where: 'Connections',
        },
        addAnew,
      ],
    }
  },
})
