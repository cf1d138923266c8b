import 'server-only'
import { htmlPage } from '@/lib/http/page'
import { seeOther } from '@/lib/http/responses'
import { isCallbackAssured } from '@/lib/oauth/consent'
import type { OAuthError } from '@/lib/oauth/errors'
import { redirectHost, redirectWith } from '@/lib/oauth/redirect-uri'
import { reasonWords } from '@/lib/reasons'
import { record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import { type Client, hasUsedClient } from '@/lib/store/clients/clients'
import { addresses } from './addresses'
import type { SignedIn } from './endpoint'
import { adviceOn, mayReadCause } from './refusal-advice'

/** What phase 1 proves: the client, and where an answer may go. */
export type Proven = { readonly client: Client; readonly redirectUri: string }

const title = 'This connection cannot be made'

function recordRefusal(error: OAuthError, channel: 'page' | 'redirect', exchange: Exchange): void {
  const { code, description, reason } = error
  const status = channel === 'page' ? 400 : 303
  const { wanted } = error.addresses
  const refusal = { error: code, description, reason, channel, wanted }
  record(exchange, 'authorization.refused', status, refusal, 'refused')
}

/** Facts for support; the cause only for those who may read the log. */
const factsOf = (error: OAuthError, exchange: Exchange, signedIn: SignedIn | null) => ({
  error: error.code,
  reason: mayReadCause(signedIn) ? reasonWords(error.reason) : error.description,
  request: exchange.requestId,
})

/** RFC 9700 §4.11.2: until the redirect URI is proven, only the person gets the answer. */
export function refusedByPage(
  error: OAuthError,
  exchange: Exchange,
  signedIn: SignedIn | null,
): Response {
  recordRefusal(error, 'page', exchange)
  const facts = factsOf(error, exchange, signedIn)
  return htmlPage({ title, ...adviceOn(error, signedIn), facts }, 400)
}

/** A page with a link to the app instead of a redirect: anyone can register an app and link to it. */
function linkPage(
  error: OAuthError,
  href: string,
  exchange: Exchange,
  signedIn: SignedIn | null,
): Response {
  const place = redirectHost(href)
  const isApp = !/^https?:/i.test(href)
  return htmlPage(
    {
      place: { label: 'The answer would go to', value: place },
      title,
      message: `The app that sent you here made a request that cannot be answered: ${error.description}.`,
      next: `${signedIn ? 'You have no connection with this app here' : 'You are not signed in here'}, so this server does not redirect you automatically. If you have just started to connect from that app, go back, and the app learns what went wrong. Otherwise, close this page.`,
      link: { href, label: isApp ? `Open ${place}` : `Go back to ${place}` },
      facts: factsOf(error, exchange, signedIn),
    },
    400,
  )
}

/**
 * Answers a request with a proven redirect URI with an error: OAuth 2.1 §4.1.2.1, with `iss` (RFC 9207
 * §2). A registered URI says nothing about who registered it, and a redirect without a click would lend
 * them this server's name (RFC 9700 §4.11.2). So the browser is redirected at once only when the person
 * has used the client, or the owner of the address is certain.
 */
export async function refusedToClient(
  error: OAuthError,
  { client, redirectUri }: Proven,
  state: string | undefined,
  exchange: Exchange,
  signedIn: SignedIn | null,
): Promise<Response> {
  const href = redirectWith(redirectUri, {
    error: error.code,
    error_description: error.description,
    state,
    iss: addresses().issuer,
  })
  const isTrusted =
    isCallbackAssured(client, redirectUri) ||
    (signedIn !== null && (await hasUsedClient(signedIn.id, client.id)))
  recordRefusal(error, isTrusted ? 'redirect' : 'page', exchange)
  return isTrusted ? seeOther(href) : linkPage(error, href, exchange, signedIn)
}
