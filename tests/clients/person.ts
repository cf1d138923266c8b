import { newBrowser, type Operator, sessionCookie, signInWith } from '../support/people/operator'
import { decide, readConsent } from '../support/people/operator-consent'
import { admin } from '../support/server/portico-process'

/** Somebody at the machine that clients run on, with one browser for all of them. */
export type Person = {
  /** what they press from now on */
  decision: 'allow' | 'deny'
  /**
   * What they do when a client opens their browser: sign in where they have to, answer, and come back
   * to the client. @returns what the client's own page says
   */
  visit(authorizationUrl: string): Promise<string>
}

/** Follows redirects inside Portico, and signs in where it is asked to. */
async function follow(browser: Operator, from: string): Promise<URL | [URL, Response]> {
  let url = new URL(from)
  for (let hops = 0; hops < 8; hops += 1) {
    if (url.origin !== browser.origin) return url
    const response = await browser.open(url)
    const location = response.headers.get('location')
    if (!location) return [url, response]
    url = new URL(location, browser.origin)
    if (url.pathname === '/sign-in' && url.origin === browser.origin) {
      if (!sessionCookie(browser)) await signInWith(browser, admin, url.href)
      url = new URL(url.searchParams.get('next') ?? '/admin', browser.origin)
    }
  }
  throw new Error(`too many redirects from ${from}`)
}

/** The address at the client that a browser comes to in the end. */
async function answered(browser: Operator, from: string, decision: 'allow' | 'deny'): Promise<URL> {
  const there = await follow(browser, from)
  if (there instanceof URL) return there
  const [url, page] = there
  const response = await decide(browser, await readConsent(url.pathname, page), decision)
  const location = response.headers.get('location')
  if (response.status !== 303 || !location) {
    throw new Error(`the decision was not taken: HTTP ${response.status} ${await response.text()}`)
  }
  return new URL(location)
}

/** A person who asks from the machine itself, through no proxy. */
export function personAt(origin: string): Person {
  const browser = newBrowser(origin, '')
  const person: Person = {
    decision: 'allow',
    visit: async (url) => {
      const callback = await answered(browser, url, person.decision)
      const response = await fetch(callback, { headers: { accept: 'text/html' } })
      return response.text()
    },
  }
  return person
}
