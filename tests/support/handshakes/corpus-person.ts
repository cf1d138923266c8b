import { type Credentials, newBrowser, type Operator, signInWith } from '../people/operator'
import { type ConsentPage, decide, readConsent } from '../people/operator-consent'
import { admin } from '../server/portico-process'

/** Where a browser ended up. */
type Arrived = { readonly path: URL; readonly response: Response }

/** Follows redirects within the server, and stops at the sign-in page. */
export async function arrive(browser: Operator, url: URL): Promise<Arrived> {
  let path = new URL(url, browser.origin)
  for (let hops = 0; hops < 6; hops += 1) {
    const response = await browser.open(path)
    const location = response.headers.get('location')
    if (!location) return { path, response }
    path = new URL(location, browser.origin)
    if (path.pathname === '/sign-in') return { path, response }
  }
  throw new Error(`too many redirects from ${url}`)
}

/** Opens a client's authorization URL, signs in if asked, and reads the page. */
export async function reachConsent(
  browser: Operator,
  url: URL,
  credentials: Credentials = admin,
): Promise<ConsentPage> {
  let { path, response } = await arrive(browser, url)
  if (path.pathname === '/sign-in') {
    await signInWith(browser, credentials, path.href)
    const next = new URL(path.searchParams.get('next') ?? '/', browser.origin)
    ;({ path, response } = await arrive(browser, next))
  }
  return readConsent(path.pathname, response)
}

/** Submits a decision. @returns the redirect back to the client */
export async function answerConsent(
  browser: Operator,
  url: URL,
  decision: 'allow' | 'deny' = 'allow',
): Promise<URL> {
  const page = await reachConsent(browser, url)
  const response = await decide(browser, page, decision)
  return new URL(response.headers.get('location') ?? '', browser.origin)
}

/** A user who allows, in a browser of their own. */
export const allowing =
  (origin: string, browser: Operator = newBrowser(origin)) =>
  (url: URL): Promise<URL> =>
    answerConsent(browser, url)
