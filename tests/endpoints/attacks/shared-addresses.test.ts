import { beforeAll, describe, expect, test, vi } from 'vitest'
import { guess, guesses, knownAs, signOut } from '../../support/oauth/guesses'
import { newBrowser, type Operator, signIn } from '../../support/people/operator'
import { textOf } from '../../support/people/operator-consent'
import { submitForm } from '../../support/people/page-forms'
import { invite, newPerson, password } from '../../support/people/people-admin'
import { startPortico } from '../../support/server/portico'
import { admin as owner } from '../../support/server/portico-process'
import { verifies } from '../../support/sources/verifies'

// guesses are hashed one after another
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

// no proxy is configured: everybody who comes through one has its address
const { origin } = await startPortico()
let admin: Operator

beforeAll(async () => {
  admin = await signIn(origin)
})

const once = (told: readonly string[]) => [...new Set(told)]

test(
  verifies(['P1'], 'wrong guesses at invented accounts keep nobody out who has the same address'),
  async () => {
    const told = await guesses(origin, 60, (at) => `nobody-${at}@invented.test`)
    expect(once(told)).toEqual(['CredentialsSignin'])
    await signIn(origin)
  },
)

test(verifies(['P1'], 'asking for the challenge of a passkey keeps nobody from it'), async () => {
  const stranger = newBrowser(origin)
  const statuses = new Set<number>()
  for (let asked = 0; asked < 240; asked += 20) {
    const few = Array.from({ length: 20 }, () =>
      stranger.open('/api/auth/passkey', { method: 'POST' }),
    )
    for (const { status } of await Promise.all(few)) statuses.add(status)
  }
  expect([...statuses]).toEqual([200])
})

test(verifies(['P1'], 'links that do not work keep nobody from one that does'), async () => {
  const link = await invite(admin, 'invited@shared.test', 'viewer')
  for (let asked = 0; asked < 620; asked += 20) {
    const few = Array.from({ length: 20 }, (_, at) =>
      newBrowser(origin).open(`/invite?token=pin_${asked + at}`),
    )
    await Promise.all((await Promise.all(few)).map((page) => page.text()))
  }
  expect(await (await newBrowser(origin).open(link)).text()).toContain('name="password"')
})

describe('guesses at an account', () => {
  const email = 'ada@shared.test'
  let ada: Operator
  let phone: Operator

  beforeAll(async () => {
    ada = await newPerson(admin, email, 'member')
    phone = await signIn(origin, { email, password })
  })

  test(verifies(['P1'], 'are told the same whether there is one or not'), async () => {
    const invented = await guesses(origin, 12, () => 'nobody@shared.test')
    expect(invented).toEqual([...Array(10).fill('CredentialsSignin'), 'throttled', 'throttled'])
    expect(await guesses(origin, 12, () => email)).toEqual(invented)
  })

  test(verifies(['P1'], 'slow browsers that it does not know, and none that it does'), async () => {
    expect(await guess(newBrowser(origin), email, password)).toBe('throttled')
    expect(await guess(knownAs(ada), email, password)).toBe('in')
    expect(await guess(newBrowser(origin), email, password)).toBe('throttled')
  })

  test(
    verifies(['P1'], 'do not keep somebody from proving who they are who is signed in'),
    async () => {
      const page = await submitForm(ada, '/account', { current: password, next: 'short' })
      expect(textOf(await page.text())).toContain('Use at least 12 characters')
      const wrong = { current: 'not my password', next: 'four words that are new' }
      const refused = await submitForm(ada, '/account', wrong)
      expect(textOf(await refused.text())).toContain('This is not your current password')
    },
  )

  test('in a known browser have a budget of their own', async () => {
    const known = knownAs(ada)
    const told: string[] = []
    for (let at = 0; at < 11; at += 1) told.push(await guess(known, email))
    expect(told).toEqual([...Array(10).fill('CredentialsSignin'), 'throttled'])
    expect(await guess(known, email, password)).toBe('throttled')
    // the account's other browsers have theirs
    expect(await guess(phone, email, password)).toBe('in')
  })
})

describe('the cookie of a known browser', () => {
  const email = 'eve@shared.test'
  let eve: Operator

  beforeAll(async () => {
    eve = await newPerson(admin, email, 'member')
    await guesses(origin, 11, () => email)
  })

  /** Whether the account knows a browser with this cookie: it is slowed for all others. */
  async function isKnown(cookie: string): Promise<boolean> {
    const browser = newBrowser(origin)
    browser.cookies.set('portico.devices', cookie)
    const told = await guess(browser, email)
    expect(['CredentialsSignin', 'throttled']).toContain(told)
    return told === 'CredentialsSignin'
  }

  const cookieOf = (browser: Operator): string => browser.cookies.get('portico.devices') ?? ''

  test('is for this server’s pages alone, and not for scripts', async () => {
    const browser = newBrowser(origin)
    const { csrfToken } = (await (await browser.open('/api/auth/csrf')).json()) as {
      csrfToken: string
    }
    const body = new URLSearchParams({ ...owner, csrfToken, json: 'true' })
    const response = await browser.open('/api/auth/callback/credentials', { method: 'POST', body })
    const line = response.headers.getSetCookie().find((one) => one.startsWith('portico.devices='))
    expect(line).toMatch(/; HttpOnly/i)
    expect(line).toMatch(/; SameSite=lax/i)
    expect(line).toMatch(/; Max-Age=34560000/i)
    expect(line).not.toMatch(/; Secure/i)
  })

  test(verifies(['P1'], 'lets nobody in'), async () => {
    const known = knownAs(eve)
    const page = await known.open('/account')
    expect(page.headers.get('location')).toContain('/sign-in')
    expect((await known.open('/admin/log/export')).status).toBe(401)
  })

  test(verifies(['P1'], 'counts for its account alone, and unchanged'), async () => {
    const cookie = cookieOf(eve)
    expect(await isKnown(cookie)).toBe(true)
    const [id = '', at = '', mac = ''] = cookie.split('.')
    const later = (Number.parseInt(at, 36) + 1).toString(36)
    const others = [
      cookieOf(admin),
      `${id}.${later}.${mac}`,
      `${'A'.repeat(22)}.${at}.${mac}`,
      `${id}.${at}.${mac.slice(0, -2)}AA`,
      `${id}.${at}.`,
      '~~~',
      `${'x'.repeat(3000)}~${cookie}`,
    ]
    for (const other of others) expect(await isKnown(other)).toBe(false)
  })

  test('serves several accounts in one browser, and stays short', async () => {
    const shared = knownAs(eve)
    const emails = [0, 1, 2, 3, 4, 5].map((at) => `shares-${at}@shared.test`)
    for (const one of emails) {
      await newPerson(admin, one, 'member')
      expect(await guess(shared, one, password)).toBe('in')
    }
    const cookie = cookieOf(shared)
    expect(cookie.length).toBeLessThan(600)
    const [first = '', second = ''] = emails
    await guesses(origin, 11, (at) => (at < 11 ? first : ''))
    await guesses(origin, 11, () => second)
    // who signed in last stay known, five of them
    expect(await guess(knownAs(shared), second)).toBe('CredentialsSignin')
    expect(await guess(knownAs(shared), first)).toBe('throttled')
  })

  test(verifies(['P1'], 'ends with the password'), async () => {
    const browser = await newPerson(admin, 'new@shared.test', 'member')
    const next = 'four other words than those'
    const before = knownAs(browser)
    await guesses(origin, 11, () => 'new@shared.test')
    expect(await guess(before, 'new@shared.test')).toBe('CredentialsSignin')
    await submitForm(browser, '/account', { current: password, next })
    expect(await guess(before, 'new@shared.test', next)).toBe('throttled')
    // the browser in which it was chosen is known again
    await signOut(browser)
    expect(await guess(browser, 'new@shared.test', next)).toBe('in')
  })
})
