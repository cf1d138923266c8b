import { admin } from '../server/portico-process'
import {
  type Credentials,
  form,
  type Operator,
  sessionCookie,
  signInWith,
  someAddress,
} from './operator'

/** The consent page as it was read: where its form goes and what it holds. */
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

/** Attributes, unescaped, of the first element that the pattern finds the beginning of. */
export function attributesOf(html: string, start: RegExp): Record<string, string> {
  const tag = start.exec(html)?.[0]
  if (!tag) throw new Error(`there is no ${start.source} in: ${textOf(html).slice(0, 400)}`)
  return Object.fromEntries(
    [...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [
      name,
      unescaped(value ?? ''),
    ]),
  )
}

/** What a page says, without its markup. */
export const textOf = (html: string): string =>
  unescaped(
    html
      .replace(/<(script|style|head)\b[\s\S]*?<\/\1>/g, ' ')
      .replace(/<!--[\s\S]*?-->/g, '')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' '),
  )

/**
 * What a client sends its person to. All tests share one person, who would soon be throttled, so the
 * request comes from an address of its own and without the session, which the page after it has.
 */
function arriveHeaders(url: URL): Record<string, string> {
  if (url.pathname !== '/authorize') return {}
  return { cookie: '', 'x-forwarded-for': someAddress() }
}

/** Follows redirects inside the server, and signs in where it is asked to. */
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

/** Goes where a client sends its person, and reads the consent page there. */
export async function visitConsent(
  browser: Operator,
  authorizationUrl: string | URL,
  credentials: Credentials = admin,
): Promise<ConsentPage> {
  const { path, response } = await follow(browser, authorizationUrl, credentials)
  return readConsent(path, response)
}

/** Reads a consent page. @throws {Error} when it is another page */
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

/** What a client's person does from the authorization URL to the redirect back. */
export async function answer(
  browser: Operator,
  authorizationUrl: string | URL,
  decision: 'allow' | 'deny',
): Promise<URL> {
  const response = await decide(browser, await visitConsent(browser, authorizationUrl), decision)
  const location = response.headers.get('location')
  if (response.status !== 303 || !location) {
    throw new Error(`the decision was not taken: HTTP ${response.status} ${await response.text()}`)
  }
  return new URL(location)
}

/** Allows what a client asks for. @returns the redirect URI with its answer */
export const approve = (browser: Operator, authorizationUrl: string | URL): Promise<URL> =>
  answer(browser, authorizationUrl, 'allow')
