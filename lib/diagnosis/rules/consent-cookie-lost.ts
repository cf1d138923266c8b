import type { Handshake, HandshakeEvent } from '@/lib/handshake/handshake'
import type { CookieLoss } from '@/lib/reasons'
import { reasonOfEvent } from '@/lib/stored-reasons'
import { detailText, has, named, newest, refusedBecause } from '../evidence'
import type { Facts } from '../facts'
import { type Cause, handshakeRule, type Step } from '../rule'

/** A decision that was redirected to sign-in: the page had a signed-in person, the answer had none. */
const isUnsigned = ({ path, method, status }: HandshakeEvent): boolean =>
  method === 'POST' && status === 303 && /^\/consent\/[^/]+\/decision$/.test(path ?? '')

const otherAddress = (origin: string): Step => ({
  text: `Open this server at ${origin}. If people come by another address, set PORTICO_URL to that one.`,
  where: 'PORTICO_URL, and the address that people open',
})

/** Why a browser stores no cookie, and what to do. */
const losses: Readonly<Record<CookieLoss, { explanation: string; fix: (origin: string) => Step }>> =
  {
    scheme: {
      explanation:
        'The page was opened over http, and PORTICO_URL is https: a browser keeps such a cookie only where the page came over https (RFC 6265 §5.4).',
      fix: otherAddress,
    },
    host: {
      explanation:
        'The page was opened at another address than PORTICO_URL, and the browser did not keep the cookie there.',
      fix: otherAddress,
    },
    blocked: {
      explanation:
        'The browser blocks cookies, the page is in an embedded web view, or a proxy removes Set-Cookie.',
      fix: () => 'Open the link in an ordinary browser window and allow cookies for this server.',
    },
  }

/** A person signed in, and came back without a session. */
function ofSignIn(handshake: Handshake, { origin }: Facts): Cause | null {
  const lost = newest(handshake, 'cookie.lost')
  if (!lost || has(handshake, 'consent.shown')) return null
  const reason = reasonOfEvent(lost)
  const { explanation, fix } = losses[reason?.kind === 'cookie-lost' ? reason.because : 'blocked']
  const seen = detailText(lost, 'origin')
  return {
    confidence: 'confirmed',
    title: 'The browser did not keep the cookie of the sign-in',
    explanation,
    evidence: [lost],
    observations: seen ? [`the page was opened at ${seen}`] : [],
    fix: [fix(origin)],
  }
}

/** The browser did not send the cookie of the person who saw the page. */
export const consentCookieLost = handshakeRule({
  id: 'consent-cookie-lost',
  symptom:
    'Signing in, or pressing “Allow”, leads back to the sign-in page, or to “Nothing was changed”',
  sources: ['taylorwilsdon/google_workspace_mcp#830', 'RFC 9700 §4.7'],
  judge: (handshake, facts) => {
    if (newest(handshake, 'code.issued', 'consent.denied')) return null
    const ofForm = ofSignIn(handshake, facts)
    if (ofForm) return ofForm
    const bounced = named(handshake, 'exchange.answered').findLast(isUnsigned)
    const foreign = refusedBecause(handshake, 'consent.refused', 'consent-csrf').at(-1)
    const event = foreign ?? bounced
    if (!event) return null
    return {
      confidence: 'likely',
      title: foreign
        ? 'The answer on the consent page came from a different person than the one who saw the page'
        : 'The session cookie did not come back with the answer on the consent page',
      explanation: foreign
        ? 'Someone else has signed in to the same browser since, or the form was sent by another site.'
        : 'A browser that blocks cookies, an embedded web view or a proxy that rewrites Set-Cookie loses the session between the page and its answer.',
      evidence: [newest(handshake, 'consent.shown'), event],
      fix: [
        'Open the link in an ordinary browser window, allow cookies for this server, and sign in as one person.',
        {
          text: 'Let no proxy change Set-Cookie (domain, path, SameSite), and let it tell the app that the outer connection is https.',
          where: 'the proxy in front: nginx `proxy_cookie_domain`, `proxy_cookie_path`',
        },
      ],
    }
  },
})
