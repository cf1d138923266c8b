import type { HandshakeEvent } from '@/lib/handshake/handshake'
import { idsOf, named, newest, refusedBecause } from '../evidence'
import { handshakeRule } from '../rule'
import { connectAgain } from '../words'

/** A decision that was sent on to sign-in: the page was shown to somebody, the answer came from nobody. */
const isUnsigned = ({ path, method, status }: HandshakeEvent): boolean =>
  method === 'POST' && status === 303 && /^\/consent\/[^/]+\/decision$/.test(path ?? '')

/** The browser did not bring back the cookie of the person that the page was shown to. */
export const consentCookieLost = handshakeRule({
  id: 'consent-cookie-lost',
  symptom: 'Pressing “Allow” leads back to the sign-in page, or to “Nothing was changed”',
  sources: ['taylorwilsdon/google_workspace_mcp#830', 'RFC 9700 §4.7'],
  judge: (handshake) => {
    if (newest(handshake, 'code.issued', 'consent.denied')) return null
    const bounced = named(handshake, 'exchange.answered').findLast(isUnsigned)
    const foreign = refusedBecause(handshake, 'consent.refused', /^csrf$/)
    const event = foreign ?? bounced
    if (!event) return null
    return {
      confidence: 'likely',
      title: foreign
        ? 'The answer on the consent page came from another person than the page was shown to'
        : 'The session cookie did not come back with the answer on the consent page',
      explanation: foreign
        ? 'Somebody else signed in meanwhile in the same browser, or the form was sent by another site.'
        : 'A browser that blocks cookies, an embedded web view or a proxy that rewrites Set-Cookie loses the session between the page and its answer.',
      evidence: idsOf(newest(handshake, 'consent.shown'), event),
      fix: [
        {
          text: 'Open the link in an ordinary browser window, allow cookies for this server, and sign in as one person.',
        },
        {
          text: 'Let no proxy change Set-Cookie (domain, path, SameSite), and let it tell the app that the outer connection is https.',
          where: 'the proxy in front: nginx `proxy_cookie_domain`, `proxy_cookie_path`',
        },
      ],
      verify: connectAgain,
    }
  },
})
