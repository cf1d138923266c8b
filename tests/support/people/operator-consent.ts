import { admin } from '../server/portico-process'
import {
  type Credentials,
  form,
  type Operator,
  sessionCookie,
  signInWith,
  someAddress,
} from './operator'

/** The parsed consent page: its form's action and fields. */
export type ConsentPage = {
  readonly path: string
  readonly html: string
  readonly headers: Headers
  readonly action: string
  readonly csrf: string
}

const unescaped = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

/** Unescaped attributes of the first element whose start the pattern matches. */
export function attributesOf(html: string, start: RegExp): Record<string, string> {
  const tag = start.exec(html)?.[0]
  if (!tag) throw new Error(`no ${start.source} in: ${textOf(html).slice(0, 400)}`)
  return Object.fromEntries(
    [...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [
      name,
      unescaped(value ?? ''),
    ]),
  )
}

/** A page's text, without markup. */
export const textOf = (html: string): string =>
  unescaped(
    html
      .replace(/<(script|style|head)\b[\s\S]*?<\/\1>/g, ' ')
      .replace(/<!--[\s\S]*?-->/g, '')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' '),
  )

/**
 * Headers for a client's authorization request. All tests share one user, who would be throttled,
 * so the request has its own address and no session; the next page has the session.
 */
function arriveHeaders(url: URL): Record<string, string> {
  if (url.pathname !== '/authorize') return {}
  return { cookie: '', 'x-forwarded-for': someAddress() }
}

/** Follows redirects within the server, and signs in if asked. */
async function follow(
  browser: Operator,
  url: string | URL,
  credentials: Credentials,
): Promise<{ path: string; response: Response }> {
  let path = new URL(url, browser.origin)
  for (let hops = 0; hops < 6; hops += 1) {
    const response = await browser.open(path, { headers: arriveHeaders(path) })
    const location = response.headers.get('location')
    if (!location) return { path: path.pathname, response }
    path = new URL(location, browser.origin)
    if (path.pathname === '/sign-in') {
      if (!sessionCookie(browser)) await signInWith(browser, credentials, path.href)
      path = new URL(path.searchParams.get('next') ?? '/admin', browser.origin)
    }
  }
  throw new Error(`too many redirects from ${url}`)
}

/** Opens a client's authorization URL and reads its consent page. */
export async function visitConsent(
  browser: Operator,
  authorizationUrl: string | URL,
  credentials: Credentials = admin,
): Promise<ConsentPage> {
  const { path, response } = await follow(browser, authorizationUrl, credentials)
  return readConsent(path, response)
}

/** Reads a consent page. @throws {Error} if it is another page */
export async function readConsent(path: string, response: Response): Promise<ConsentPage> {
  const html = await response.text()
  const { action = '' } = attributesOf(html, /<form\b[^>]*\baction="\/consent\/[^>]*>/)
  const { value = '' } = attributesOf(html, /<input\b[^>]*\bname="csrf"[^>]*>/)
  return { path, html, headers: response.headers, action, csrf: value }
}

/** Presses a button of the consent page. @returns the redirect back to the client */
export const decide = (
  browser: Operator,
  { action, csrf }: Pick<ConsentPage, 'action' | 'csrf'>,
  decision: 'allow' | 'deny',
): Promise<Response> => browser.open(action, form({ csrf, decision }))

/** What a client's user does from the authorization URL to the redirect back. */
export async function answer(
  browser: Operator,
  authorizationUrl: string | URL,
  decision: 'allow' | 'deny',
): Promise<URL> {
  const response = await decide(browser, await visitConsent(browser, authorizationUrl), decision)
  const location = response.headers.get('location')
  if (response.status !== 303 || !location) {
    throw new Error(`the decision was refused: HTTP ${response.status} ${await response.text()}`)
  }
  return new URL(location)
}

/** Allows a client's request. @returns the redirect URI with its response */
export const approve = (browser: Operator, authorizationUrl: string | URL): Promise<URL> =>
  answer(browser, authorizationUrl, 'allow')
