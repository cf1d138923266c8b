import { Secret, TOTP } from 'otpauth'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults, looksFaults, visit } from '../support/browser/browser-pages'
import { sharedBrowser } from '../support/browser/browser-shared'
import { authorizationUrl, newPkce, register } from '../support/oauth/oauth'
import { type OpenIdProvider, startOpenIdProvider } from '../support/oauth/openid-provider'
import { form, newBrowser, type Operator, sessionCookie, signIn } from '../support/people/operator'
import { textOf } from '../support/people/operator-consent'
import { invite, people, personCalled } from '../support/people/people-admin'
import { startPortico } from '../support/server/portico'
import { admin, type Portico } from '../support/server/portico-process'
import { serverClock } from '../support/server/server-clock'

const clock = serverClock()
let provider: OpenIdProvider
let portico: Portico
let browser: Browser

const verified = (email: string, sub = email) => ({ sub, email, email_verified: true, name: 'Ada' })

beforeAll(async () => {
  ;[provider, browser] = await Promise.all([startOpenIdProvider(), sharedBrowser()])
  portico = await startPortico({
    env: {
      ...clock.env,
      PORTICO_PROXY_HOPS: '1',
      PORTICO_OIDC_ISSUER: provider.issuer,
      PORTICO_OIDC_ID: provider.client.id,
      PORTICO_OIDC_SECRET: provider.client.secret,
      PORTICO_OIDC_NAME: 'Example ID',
      PORTICO_SIGN_IN_ALLOWED: 'allowed.test, one@elsewhere.test',
      PORTICO_NEWCOMER_ROLE: 'viewer',
      // nobody is sent there in this test
      PORTICO_GITHUB_ID: 'github-id',
      PORTICO_GITHUB_SECRET: 'github-secret',
      PORTICO_GOOGLE_ID: 'google-id',
      PORTICO_GOOGLE_SECRET: 'google-secret',
    },
  })
})
afterAll(() => {
  clock.remove()
  return provider?.close()
})

/** Where the sign-in page sends a browser that presses a provider's button. */
async function authorizationOf(visitor: Operator, id: string, next = '/account'): Promise<URL> {
  const { csrfToken } = (await (await visitor.open('/api/auth/csrf')).json()) as {
    csrfToken: string
  }
  const fields = { csrfToken, callbackUrl: next, json: 'true' }
  const answer = await visitor.open(`/api/auth/signin/${id}`, form(fields))
  return new URL(((await answer.json()) as { url: string }).url)
}

/** Follows redirects inside Portico. @returns the page at their end */
async function follow(visitor: Operator, url: string | URL) {
  let path = new URL(url, portico.origin)
  for (let hops = 0; hops < 8; hops += 1) {
    const response = await visitor.open(path)
    const location = response.headers.get('location')
    if (!location) return { path, status: response.status, text: textOf(await response.text()) }
    path = new URL(location, portico.origin)
  }
  throw new Error(`too many redirects from ${url}`)
}

/** Signs in at the provider as whoever is signed in there. */
async function signInThere(next = '/account', visitor = newBrowser(portico.origin)) {
  const url = await authorizationOf(visitor, 'oidc', next)
  const back = await fetch(url, { redirect: 'manual' })
  const page = await follow(visitor, back.headers.get('location') ?? '')
  return { ...page, visitor, isIn: sessionCookie(visitor) !== undefined }
}

test('the request to the provider carries state, nonce and PKCE', async () => {
  const { searchParams } = await authorizationOf(newBrowser(portico.origin), 'oidc')
  expect(searchParams.get('code_challenge_method')).toBe('S256')
  for (const name of ['state', 'nonce', 'code_challenge'])
    expect(searchParams.get(name)).toBeTruthy()
  expect(searchParams.get('scope')).toBe('openid email profile')
  const gitHub = await authorizationOf(newBrowser(portico.origin), 'github')
  expect(gitHub.origin).toBe('https://github.com')
  expect(gitHub.searchParams.get('code_challenge_method')).toBe('S256')
  expect(gitHub.searchParams.get('state')).toBeTruthy()
})

test('a verified address links the account that is there; the subject finds it from then on', async () => {
  provider.person = verified(admin.email.toUpperCase(), 'subject-of-admin')
  const first = await signInThere()
  expect(first.text).toContain(`You sign in as ${admin.email}`)
  expect(first.text).toContain('with Example ID')
  provider.person = { sub: 'subject-of-admin', email: 'moved@allowed.test', email_verified: true }
  expect((await signInThere()).text).toContain(`You sign in as ${admin.email}`)
  provider.person = { sub: 'subject-of-admin' }
  expect((await signInThere()).isIn).toBe(true)
  await expect.poll(portico.output).toContain('identity.linked')
})

test('who is on the list gets an account with the role of newcomers, once', async () => {
  provider.person = verified('new@allowed.test')
  const answers = await Promise.all([signInThere(), signInThere(), signInThere()])
  for (const { isIn, text } of answers) {
    expect([isIn, text.includes('You sign in as new@allowed.test')]).toEqual([true, true])
    expect(text).toContain('Viewer')
  }
  provider.withholds = true
  provider.person = verified('one@elsewhere.test')
  expect((await signInThere()).isIn).toBe(true)
  provider.withholds = false
})

test('an invitation makes the account of its role, once, and its link has ended', async () => {
  const operator = await signIn(portico.origin)
  const email = 'guest@elsewhere.test'
  const link = await invite(operator, email, 'operator')
  const { page, faults } = await visit(browser, { width: 390 })
  await page.goto(link)
  await page.getByText('Or without a password').waitFor()
  expect(await looksFaults(page, 'invite-providers')).toEqual([])
  // an address that nobody vouches for is anybody's
  provider.person = { sub: 'thief', email, email_verified: false }
  expect((await signInThere()).isIn).toBe(false)
  provider.person = verified(email)
  await page.getByRole('button', { name: 'Continue with Example ID' }).click()
  await page.waitForURL(`${portico.origin}/admin`)
  expect(faults()).toEqual([])

  const again = await Promise.all([signInThere(), signInThere()])
  for (const { text } of again) expect(text).toContain(`You sign in as ${email}`)
  expect(await personCalled(operator, email)).toMatchObject({ name: 'Ada', role: 'operator' })
  const opened = await newBrowser(portico.origin).open(link)
  expect(textOf(await opened.text())).toContain('This link does not work')
  expect(await (await operator.open('/admin/audit')).text()).toContain(email)
  await expect.poll(portico.output).toContain('operator.joined')
})

test('of several arrivals of somebody invited, one makes the account', async () => {
  const operator = await signIn(portico.origin)
  const email = 'everywhere@elsewhere.test'
  await invite(operator, email, 'viewer')
  provider.person = verified(email)
  const answers = await Promise.all([signInThere(), signInThere(), signInThere()])
  for (const { isIn, text } of answers) {
    expect([isIn, text.includes(`You sign in as ${email}`)]).toEqual([true, true])
  }
  expect(await people(operator, { q: email })).toHaveLength(1)
})

test('an invitation that another one followed counts no more', async () => {
  const operator = await signIn(portico.origin)
  const email = 'twice@elsewhere.test'
  await invite(operator, email, 'admin')
  await invite(operator, email, 'member')
  provider.person = verified(email)
  expect((await signInThere('/connections')).isIn).toBe(true)
  expect(await personCalled(operator, email)).toMatchObject({ role: 'member' })
})

test.each([
  ['whom the list does not name', verified('two@elsewhere.test'), /There is no account for you/],
  ['of a subdomain', verified('a@sub.allowed.test'), /There is no account for you/],
  ['without a verified address', { sub: 'x', email: admin.email }, /does not confirm/],
  [
    'whose address is not verified',
    { sub: 'x', email: 'y@allowed.test', email_verified: false },
    /does not confirm/,
  ],
  ['without any address', { sub: 'x' }, /does not confirm/],
])('somebody %s is refused, and told why', async (_, person, why) => {
  provider.person = person
  const { isIn, path, status, text } = await signInThere('/account?from=here')
  expect([isIn, status, path.pathname]).toEqual([false, 200, '/sign-in'])
  expect(text).toMatch(why)
  expect(path.searchParams.get('next')).toBe('/account?from=here')
  await expect.poll(portico.output).toContain('operator.refused')
})

test.each(['denies', 'forges the nonce', 'signs with another key', 'changes the state'] as const)(
  'a provider that %s lets nobody in, and the page says so',
  async (fault) => {
    provider.person = verified('new@allowed.test')
    provider.fault = fault
    const { isIn, status, path, text } = await signInThere()
    provider.fault = null
    expect([isIn, status, path.pathname]).toEqual([false, 200, '/sign-in'])
    expect(text).toContain('Example ID did not sign you in')
  },
)

test('an answer that another browser asked for is refused', async () => {
  provider.person = verified('new@allowed.test')
  const url = await authorizationOf(newBrowser(portico.origin), 'oidc')
  const back = await fetch(url, { redirect: 'manual' })
  const victim = newBrowser(portico.origin)
  const page = await follow(victim, back.headers.get('location') ?? '')
  expect([page.path.pathname, sessionCookie(victim)]).toEqual(['/sign-in', undefined])
})

test('the page shows the providers, and signing in returns to the consent that waits', async () => {
  provider.person = verified('new@allowed.test')
  const { page, faults } = await visit(browser)
  const client = await register(portico.origin)
  await page.goto(String(authorizationUrl(portico.origin, client, newPkce().challenge)))
  for (const name of ['GitHub', 'Google', 'Example ID', 'a passkey']) {
    await page.getByRole('button', { name: `Continue with ${name}` }).waitFor()
  }
  expect(await accessibilityFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Continue with Example ID' }).click()
  await page.waitForURL((url) => url.pathname.startsWith('/consent/'))
  await page.getByText('new@allowed.test').first().waitFor()
  expect(faults()).toEqual([])
})

test('who has an authenticator app is asked for a code after the provider, too', async () => {
  provider.person = verified('new@allowed.test')
  const { page, faults } = await visit(browser)
  await page.goto(`${portico.origin}/sign-in?next=/account`)
  await page.getByRole('button', { name: 'Continue with Example ID' }).click()
  await page.getByRole('button', { name: /^Set up one-time codes/ }).click()
  // who has no password has just signed in
  await page.getByRole('button', { name: 'Show the key' }).click()
  const dialog = page.getByRole('dialog', { name: 'Set up one-time codes' })
  const secret = (await dialog.locator('code').textContent()) ?? ''
  const totp = new TOTP({ secret: Secret.fromBase32(secret) })
  await dialog.getByLabel('Code that the app shows').fill(totp.generate())
  await dialog.getByRole('button', { name: 'Turn on' }).click()
  await page.getByRole('button', { name: 'I saved these codes' }).click()

  const { isIn, path, visitor } = await signInThere('/account')
  expect([isIn, path.searchParams.get('step')]).toEqual([false, 'code'])
  expect(visitor.cookies.has('portico.second-step')).toBe(true)
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.getByRole('button', { name: 'Continue with Example ID' }).click()
  await page.getByLabel('One-time code').fill('123456')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('This code is wrong or was already used').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  const later = totp.generate({ timestamp: Date.now() + 30_000 })
  await page.getByLabel('One-time code').fill(later)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => url.pathname !== '/sign-in')
  await page.goto(`${portico.origin}/account`)
  await page.getByText('with Example ID and one-time code').first().waitFor()
  // the browser itself reports the 401 of the wrong code
  expect(faults().filter((fault) => !fault.includes('401'))).toEqual([])

  const stranger = newBrowser(portico.origin)
  stranger.cookies.set('portico.second-step', 'forged')
  const { csrfToken } = (await (await stranger.open('/api/auth/csrf')).json()) as {
    csrfToken: string
  }
  const fields = { csrfToken, code: totp.generate(), json: 'true' }
  const forged = await stranger.open('/api/auth/callback/second-step', form(fields))
  expect([forged.status, sessionCookie(stranger)]).toEqual([401, undefined])
})

test('who has no password signs in again before a way to sign in is changed', async () => {
  provider.person = verified('late@allowed.test')
  const { page, faults } = await visit(browser)
  await page.goto(`${portico.origin}/sign-in?next=/account`)
  await page.getByRole('button', { name: 'Continue with Example ID' }).click()
  await page.getByRole('button', { name: /^Set up one-time codes/ }).click()
  const dialog = page.getByRole('dialog')
  clock.later(11 * 60_000)
  await dialog.getByRole('button', { name: 'Show the key' }).click()
  await dialog.getByText('You signed in more than ten minutes ago').waitFor()
  expect(await dialog.getByRole('img', { name: /QR code/ }).count()).toBe(0)
  expect(await accessibilityFaults(page)).toEqual([])
  expect(faults()).toEqual([])
})

test('a provider that does not answer is named', async () => {
  await provider.close()
  const visitor = newBrowser(portico.origin)
  const page = await follow(visitor, await authorizationOf(visitor, 'oidc'))
  expect(page.path.pathname).toBe('/sign-in')
  expect(page.path.searchParams.get('next')).toBe('/account')
  expect(page.text).toContain('Example ID could not be reached')
})
