import { form, newBrowser, type Operator, sessionCookie, signInWith } from '../people/operator'

/** The sign-in form's result: `in`, or the error, without a wait's seconds. */
export async function guess(
  browser: Operator,
  email: string,
  password = 'a wrong guess of somebody',
): Promise<string> {
  browser.cookies.delete('next-auth.session-token')
  const response = await signInWith(browser, { email, password })
  if (sessionCookie(browser)) return 'in'
  const { url } = (await response.json()) as { url: string }
  return (new URL(url).searchParams.get('error') ?? '').replace(/:\d+$/, '')
}

/** Guesses several times in an unknown browser. @returns each result */
export async function guesses(
  origin: string,
  count: number,
  email: (at: number) => string,
  address?: string,
): Promise<string[]> {
  const stranger = newBrowser(origin, address)
  const results: string[] = []
  for (let at = 0; at < count; at += 1) results.push(await guess(stranger, email(at)))
  return results
}

/** Signs out, as the button does; the known-browser cookie stays. */
export async function signOut(browser: Operator): Promise<void> {
  const { csrfToken } = (await (await browser.open('/api/auth/csrf')).json()) as {
    csrfToken: string
  }
  const fields = { csrfToken, callbackUrl: '/sign-in', json: 'true' }
  await browser.open('/api/auth/signout', form(fields))
}

/** A browser with only the known-browser cookie of another. */
export function knownAs(browser: Operator): Operator {
  const copy = newBrowser(browser.origin, browser.address)
  const cookie = browser.cookies.get('portico.devices')
  if (cookie) copy.cookies.set('portico.devices', cookie)
  return copy
}
