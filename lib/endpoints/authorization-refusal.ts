import 'server-only'
import { htmlPage } from '@/lib/http/page'
import { json, noStore, seeOther } from '@/lib/http/responses'
import { checkAuthorizationRequest } from '@/lib/oauth/authorization-request'
import { isCallbackAssured } from '@/lib/oauth/consent'
import { OAuthError, refusalDetail } from '@/lib/oauth/errors'
import type { Parameters } from '@/lib/oauth/parameters'
import { redirectHost, redirectWith } from '@/lib/oauth/redirect-uri'
import { RefusedClient } from '@/lib/oauth/refused-client'
import { reasonWords } from '@/lib/reasons'
import { record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import { type Client, hasUsedClient } from '@/lib/store/clients/clients'
import { addresses } from './addresses'
import type { Visit } from './endpoint'
import { adviceOn, mayReadCause } from './refusal-advice'
import { runMark } from './request-marks'

/** A request after phase 1, which proves the client, and where an answer may go. */
export type ProvenClient = {
  readonly parameters: Parameters
  /** all values of `resource` (RFC 8707 §2) */
  readonly resources: readonly string[]
  readonly client: Client
  readonly redirectUri: string
}

const title = 'This connection cannot be made'

function recordRefusal(error: OAuthError, channel: 'page' | 'redirect', exchange: Exchange): void {
  const status = channel === 'page' ? 400 : 303
  const refusal = { ...refusalDetail(error), channel, wanted: error.addresses.wanted }
  record(exchange, 'authorization.refused', status, refusal, 'refused')
}

/** Facts for support; the cause only for those who may read the log. */
const factsOf = (error: OAuthError, { signedIn, requestId }: Visit) => ({
  error: error.code,
  reason: mayReadCause(signedIn) ? reasonWords(error.reason) : error.description,
  request: requestId,
})

/** RFC 9700 §4.11.2: until the redirect URI is proven, only the person gets the answer. */
export function refusedByPage(error: OAuthError, visit: Visit): Response {
  recordRefusal(error, 'page', visit)
  const facts = factsOf(error, visit)
  return htmlPage({ title, ...adviceOn(error, visit.signedIn), facts }, 400)
}

/** A page with a link to the app instead of a redirect: anyone can register an app and link to it. */
function linkPage(error: OAuthError, href: string, visit: Visit): Response {
  const place = redirectHost(href)
  const isApp = !/^https?:/i.test(href)
  return htmlPage(
    {
      place: { label: 'The answer would go to', value: place },
      title,
      message: `The app that sent you here made a request that cannot be answered: ${error.description}.`,
      next: `${visit.signedIn ? 'You have no connection with this app here' : 'You are not signed in here'}, so this server does not redirect you automatically. If you have just started to connect from that app, go back, and the app learns what went wrong. Otherwise, close this page.`,
      link: { href, label: isApp ? `Open ${place}` : `Go back to ${place}` },
      facts: factsOf(error, visit),
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
  { parameters: { state }, client, redirectUri }: ProvenClient,
  visit: Visit,
): Promise<Response> {
  const href = redirectWith(redirectUri, {
    error: error.code,
    error_description: error.description,
    state,
    iss: addresses().issuer,
  })
  const { signedIn } = visit
  const isTrusted =
    isCallbackAssured(client, redirectUri) ||
    (signedIn !== null && (await hasUsedClient(signedIn.id, client.id)))
  recordRefusal(error, isTrusted ? 'redirect' : 'page', visit)
  return isTrusted ? seeOther(href) : linkPage(error, href, visit)
}

/**
 * The endpoint reports a deleted client as unauthorized (RFC 6749 §4.1.2.1). A program checks whether
 * its registration still exists, and registers again on `invalid_client`.
 */
const codeFor = (error: OAuthError): OAuthError['code'] =>
  error instanceof RefusedClient && error.problem === 'unknown' ? 'invalid_client' : error.code

/** Refuses a program's authorization request in JSON: it cannot use a page or a redirect. */
export function checkRefused(error: OAuthError, exchange: Exchange): Response {
  const code = codeFor(error)
  const { description, reason, addresses: about } = error
  const { status } = new OAuthError(code, reason)
  const refusal = { error: code, description, reason, wanted: about.wanted }
  record(exchange, 'authorization.checked', status, refusal, 'refused')
  return json({ error: code, error_description: description }, status, noStore)
}

/**
 * Tells a program whether its authorization request is valid, before it opens a browser with it.
 * Nothing is stored: opening the request in a browser starts it.
 *
 * @throws {OAuthError} for {@link checkRefused}
 */
export function checked(proven: ProvenClient, exchange: Exchange): Response {
  const { parameters, resources, client, redirectUri } = proven
  checkAuthorizationRequest(parameters, resources, addresses())
  record(exchange, 'authorization.checked', 200, {
    clientName: client.name,
    redirectHost: redirectHost(redirectUri),
    run: runMark(parameters),
  })
  const message = 'this request is valid: open it in a browser, where a person answers it'
  return json({ client_id: client.id, message }, 200, noStore)
}
