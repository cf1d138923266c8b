import { randomInt } from 'node:crypto'
import { admin } from '../server/portico-process'

/** An operator's browser: one cookie jar, pages and forms, no script. */
export type Operator = {
  readonly origin: string
  /** where it asks from */
  readonly address: string
  readonly cookies: Map<string, string>
  /** one request, with the cookies; redirects are not followed */
  open(url: string | URL, init?: RequestInit): Promise<Response>
}

/** Who signs in. */
export type Credentials = { readonly email: string; readonly password: string }

/** A build of its own for each: by what a browser says of itself, two of one person are told apart. */
const someFirefox = (): string =>
  `Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0.${randomInt(2 ** 32)}`

/**
 * An address for a browser of its own: sign-ins of many tests would be throttled as one, and two that
 * had the same by chance would be taken for one person's (RFC 2544 sets 198.18.0.0/15 aside for tests).
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

/** What a browser sends as its cookies. */
export const cookieHeader = ({ cookies }: Pick<Operator, 'cookies'>): string =>
  [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')

/** A browser in which nobody is signed in. */
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
 * @param from the address the sign-in page stands at
 * @returns next-auth's answer
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

/** Whether a browser holds the cookie of a session. */
export const sessionCookie = (browser: Operator): string | undefined =>
  [...browser.cookies].find(([name]) => name.endsWith('next-auth.session-token'))?.[1]

/** A browser in which an operator is signed in. */
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

/** The one signed-in browser that the tests of a file share. */
export function operatorOf(origin: string): Promise<Operator> {
  const operator = known.get(origin) ?? signIn(origin)
  known.set(origin, operator)
  return operator
}

/** Lets the next test file sign in anew: a server of its own may have the port of an earlier one. */
export const forgetOperators = (): void => known.clear()
