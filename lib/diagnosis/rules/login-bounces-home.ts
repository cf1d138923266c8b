import { has, newest } from '../evidence'
import { handshakeRule } from '../rule'

const overdueMs = 15_000

/** Signed in for this request, but not redirected to it. */
export const loginBouncesHome = handshakeRule({
  id: 'login-bounces-home',
  symptom: 'After signing in the person does not see the consent page',
  sources: ['OAuth 2.1 §4.1.1'],
  judge: (handshake, _facts, now) => {
    const signedIn = newest(handshake, 'operator.signed-in')
    if (!signedIn || now < signedIn.at + overdueMs) return null
    if (!has(handshake, 'authorization.requested')) return null
    if (has(handshake, 'consent.shown', 'consent.granted', 'consent.denied')) return null
    return {
      confidence: 'likely',
      title: 'Someone signed in for this request and did not get to the consent page',
      explanation:
        'The sign-in page leads to the consent page, unless a proxy removes the query string, the session cookie is not kept, or the tab was closed.',
      evidence: [newest(handshake, 'authorization.requested'), signedIn],
      fix: [
        {
          text: 'Let the proxy pass on query strings and Set-Cookie unchanged.',
          where: 'the proxy in front of this server',
        },
        'Start again from the client: a signed-in person goes straight to the consent page.',
      ],
    }
  },
})
