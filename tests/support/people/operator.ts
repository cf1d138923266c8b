import { randomInt } from 'node:crypto'
import { admin } from '../server/portico-process'

/** An operator's browser: a cookie jar, pages and forms, no JavaScript. */
export type Operator = {
  readonly origin: string
  /** its address */
  readonly address: string
  readonly cookies: Map<string, string>
  /** one request with the cookies; does not follow redirects */
  open(url: string | URL, init?: RequestInit): Promise<Response>
}

/** The user to sign in. */
export type Credentials = { readonly email: string; readonly password: string }

/** A unique build for each browser: two of one user are told apart by user agent. */
const someFirefox = (): string =>
  `Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0.${randomInt(2 ** 32)}`

/**
 * A unique address for a browser: sign-ins of many tests would be throttled as one, and a shared
 * address would count as one user (RFC 2544 reserves 198.18.0.0/15 for tests).
 */
export const someAddress = (): string =>
  `198.${randomInt(18, 20)}.${randomInt(256)}.${randomInt(1, 255)}`

function keepCookies(cookies: Map<string, string>, response: Response): void {
  for (const line of response.headers.getSetCookie()) {
    const [pair = ''] = line.split(';')
    const at = pair.indexOf('=')
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
    if (value === '' || /max-age=0/i.test(line)) cookies.delete(name)
    else cookies.set(name, value)
  }
}

/** The `Cookie` header of a browser. */
export const cookieHeader = ({ cookies }: Pick<Operator, 'cookies'>): string =>
  [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')

/** A browser without a session. */
export function newBrowser(origin: string, address = someAddress()): Operator {
  const cookies = new Map<string, string>()
  const firefox = someFirefox()
  return {
    origin,
    address,
    cookies,
    open: async (url, init) => {
      const headers = new Headers(init?.headers)
      const cookie = cookieHeader({ cookies })
      const own = { 'user-agent': firefox, 'x-forwarded-for': address, accept: 'text/html', cookie }
      for (const [name, value] of Object.entries(own)) {
        if (value && !headers.has(name)) headers.set(name, value)
      }
      const response = await fetch(new URL(url, origin), { ...init, headers, redirect: 'manual' })
      keepCookies(cookies, response)
      return response
    },
  }
}

/** A form's body. */
export const form = (fields: Readonly<Record<string, string>>): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(fields),
})

/**
 * Signs in as the sign-in page does: next-auth's CSRF token, then the credentials.
 *
 * @param from the URL of the sign-in page
 * @returns next-auth's response
 */
export async function signInWith(
  browser: Operator,
  credentials: Credentials,
  from = '/sign-in',
): Promise<Response> {
  const { csrfToken } = (await (await browser.open('/api/auth/csrf')).json()) as {
    csrfToken: string
  }
  const callbackUrl = new URL(from, browser.origin).href
  const fields = { ...credentials, csrfToken, callbackUrl, json: 'true' }
  return browser.open('/api/auth/callback/credentials', form(fields))
}

/** Whether a browser has a session cookie. */
export const sessionCookie = (browser: Operator): string | undefined =>
  [...browser.cookies].find(([name]) => name.endsWith('next-auth.session-token'))?.[1]

/** A browser with an operator's session. */
export async function signIn(
  origin: string,
  credentials: Credentials = admin,
  browser = newBrowser(origin),
): Promise<Operator> {
  const response = await signInWith(browser, credentials)
  if (!response.ok || !sessionCookie(browser)) {
    throw new Error(`sign-in was refused: HTTP ${response.status} ${await response.text()}`)
  }
  return browser
}

const known = new Map<string, Promise<Operator>>()

/** The signed-in browser that the tests of a file share. */
export function operatorOf(origin: string): Promise<Operator> {
  const operator = known.get(origin) ?? signIn(origin)
  known.set(origin, operator)
  return operator
}

/** Makes the next test file sign in again: its server may reuse the port of an earlier one. */
export const forgetOperators = (): void => known.clear()
