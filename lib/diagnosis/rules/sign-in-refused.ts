import { reasonOfEvent } from '@/lib/stored-reasons'
import { has, named } from '../evidence'
import { handshakeRule } from '../rule'

/** The person could not sign in. */
export const signInRefused = handshakeRule({
  id: 'sign-in-refused',
  symptom: 'The person cannot sign in to allow the connection',
  sources: ['RFC 6749 §4.1.1'],
  judge: (handshake) => {
    const refused = named(handshake, 'operator.refused')
    const last = refused.at(-1)
    if (!last || has(handshake, 'operator.signed-in', 'consent.shown', 'consent.granted')) {
      return null
    }
    const throttled = reasonOfEvent(last)?.kind === 'sign-in-throttled'
    return {
      confidence: 'confirmed',
      title: throttled
        ? 'Too many wrong passwords: sign-in is blocked for 15 minutes'
        : 'The e-mail address or password was wrong',
      explanation: `The client waits for someone to sign in here, and ${refused.length === 1 ? 'the attempt was' : `${refused.length} attempts were`} refused.`,
      evidence: refused,
      fix: [
        throttled
          ? 'Wait 15 minutes, then sign in and start again from the client.'
          : 'Sign in with an account of this server, not with the Claude account.',
      ],
    }
  },
})
