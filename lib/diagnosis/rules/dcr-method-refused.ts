import type { HandshakeEvent } from '@/lib/handshake/handshake'
import { eventsBecause, standing } from '../evidence'
import { handshakeRule } from '../rule'

/** Members that say how a client authenticates (RFC 7591 §2). */
const members: ReadonlySet<string> = new Set(['token_endpoint_auth_method', 'jwks_uri'])

/** The refusals that concern the client's authentication method. */
export const ofMethod = (refusals: readonly HandshakeEvent[]): HandshakeEvent[] =>
  eventsBecause(refusals, 'auth-method-unsupported', 'keys-unusable', 'member-not-string').filter(
    ({ reason }) => reason.kind !== 'member-not-string' || members.has(reason.member),
  )

/** RFC 7591 §3.2.2: a method that this server does not support. */
export const dcrMethodRefused = handshakeRule({
  id: 'dcr-method-refused',
  symptom: 'Could not register with the sign-in service',
  sources: ['anthropics/claude-ai-mcp#1043', 'PostHog/posthog#48397', 'RFC 7591 §3.2.2'],
  judge: (handshake) => {
    const refused = ofMethod(standing(handshake, 'client.refused')).at(-1)
    if (!refused) return null
    return {
      confidence: 'confirmed',
      title: 'The client registers with an authentication method that this server does not support',
      explanation:
        'Public clients, client_secret_post, client_secret_basic and private_key_jwt (with keys) are supported. The client requested something else, or sent no keys.',
      evidence: [refused],
      fix: [
        'Set the client to one of the methods in this server’s metadata, “none” being the simplest.',
        {
          text: 'Or create the client here and give it the id and secret.',
          where: 'Clients → New client',
        },
      ],
    }
  },
})
