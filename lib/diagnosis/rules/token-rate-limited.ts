import { reasonOfEvent } from '@/lib/stored-reasons'
import { named, whyOf } from '../evidence'
import { handshakeRule } from '../rule'

/** RFC 6585 §4, at /authorize and /token. */
export const tokenRateLimited = handshakeRule({
  id: 'token-rate-limited',
  symptom: 'Refused with 429 during sign-in or at the token endpoint',
  sources: ['RFC 6585 §4'],
  judge: (handshake, { settings }) => {
    const throttled = named(handshake, 'request.throttled').findLast(
      (event) => reasonOfEvent(event)?.kind !== 'too-many-registrations',
    )
    if (!throttled) return null
    return {
      confidence: 'confirmed',
      title: `Too many ${whyOf(throttled)} recently: this one had to wait`,
      explanation:
        'A client that keeps sending a dead code or refresh token, or a person who keeps starting over, is asked to wait. The answer says how long.',
      evidence: [throttled],
      fix: [
        {
          text: 'Wait a minute and connect again; the failures before this one show the cause.',
          where: 'Live log',
        },
        {
          text: `If clients of many people are counted as one, set PORTICO_PROXY_HOPS (now ${settings.proxyHops}).`,
          where: 'settings of this server',
        },
      ],
    }
  },
})
