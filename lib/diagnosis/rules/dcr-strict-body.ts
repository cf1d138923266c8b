import type { HandshakeEvent } from '@/lib/handshake/handshake'
import { reasonOfEvent } from '@/lib/stored-reasons'
import { has, newest, whyOf } from '../evidence'
import { handshakeRule } from '../rule'
import { ofMethod } from './dcr-method-refused'

/** Whether a more specific rule covers it. */
const isSpecific = (refused: HandshakeEvent): boolean =>
  reasonOfEvent(refused)?.kind === 'redirect-uris-unusable' || ofMethod([refused]).length > 0

/** RFC 7591 §3.1: registration errors that no specific rule covers. */
export const dcrStrictBody = handshakeRule({
  id: 'dcr-strict-body',
  symptom: 'The registration is refused',
  sources: ['laravel/mcp#173', 'RFC 7591 §3.1'],
  judge: (handshake) => {
    const refused = newest(handshake, 'client.refused')
    if (!refused || isSpecific(refused) || has(handshake, 'client.registered')) return null
    return {
      confidence: 'confirmed',
      title: 'What the client sent to register cannot be read',
      explanation: `Unknown members are ignored; this is a different fault: ${whyOf(refused)}. A proxy or firewall that changes or cuts JSON bodies causes this, too.`,
      evidence: [refused],
      fix: [
        'Send a JSON object with “redirect_uris”, as RFC 7591 requires.',
        'Let the proxy pass on the body of POST /register unchanged.',
      ],
    }
  },
})
