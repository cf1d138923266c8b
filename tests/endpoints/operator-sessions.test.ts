import { expect, test } from 'vitest'
import {
  form,
  newBrowser,
  type Operator,
  sessionCookie,
  signIn,
  signInWith,
} from '../support/people/operator'
import { textOf } from '../support/people/operator-consent'
import { submitForm } from '../support/people/page-forms'
import { startPortico } from '../support/server/portico'
import { admin } from '../support/server/portico-process'

const { origin, output } = await startPortico({ env: { PORTICO_PROXY_HOPS: '1' } })

const accountOf = async (browser: Operator) => textOf(await (await browser.open('/account')).text())
const isOut = async (browser: Operator) => {
  const response = await browser.open('/account')
  return response.status === 307 && response.headers.get('location')?.startsWith('/sign-in')
}

/** Another browser that holds a copy of the cookies, as a thief would. */
function copyOf(browser: Operator): Operator {
  const copy = newBrowser(origin)
  for (const [name, value] of browser.cookies) copy.cookies.set(name, value)
  return copy
}

async function signOut(browser: Operator): Promise<void> {
  const { csrfToken } = (await (await browser.open('/api/auth/csrf')).json()) as {
    csrfToken: string
  }
  const fields = { csrfToken, callbackUrl: '/sign-in', json: 'true' }
  await browser.open('/api/auth/signout', form(fields))
}

test('each sign-in is listed with browser, address and method, this one marked', async () => {
  const [first, second] = [
    await signIn(origin, admin, newBrowser(origin, '203.0.113.11')),
    await signIn(origin, admin, newBrowser(origin, '203.0.113.12')),
  ]
  const text = await accountOf(second)
  expect(text).toContain(`You sign in as ${admin.email}`)
  expect(text).toMatch(/Firefox on Linux This browser Last active just now from 203\.0\.113\.12/)
  expect(text).toMatch(/Firefox on Linux Last active just now from 203\.0\.113\.11/)
  expect(text).toContain('with password')
  await signOut(first)
  expect(await accountOf(second)).not.toContain('203.0.113.11')
})

test('signing out ends the session: a copy of the cookie opens nothing', async () => {
  const browser = await signIn(origin)
  const copy = copyOf(browser)
  expect(await isOut(copy)).toBe(false)
  await signOut(browser)
  expect(sessionCookie(browser)).toBeUndefined()
  expect(await isOut(copy)).toBe(true)
  expect((await copy.open('/admin')).headers.get('location')).toContain('/sign-in')
  await expect.poll(output).toContain('operator.signed-out')
})

test('a changed password ends all other sessions and keeps this one', async () => {
  const [here, elsewhere] = [await signIn(origin), await signIn(origin)]
  const wrong = await submitForm(here, '/account', {
    current: 'not my password',
    next: 'another long password',
  })
  expect(textOf(await wrong.text())).toContain('This is not your current password')
  const weak = await submitForm(here, '/account', { current: admin.password, next: 'short' })
  expect(textOf(await weak.text())).toContain('Use at least 12 characters')
  expect(await isOut(elsewhere)).toBe(false)

  const next = 'another long password'
  await submitForm(here, '/account', { current: admin.password, next })
  expect(await isOut(elsewhere)).toBe(true)
  expect(await isOut(here)).toBe(false)
  expect((await signInWith(newBrowser(origin), admin)).status).toBe(401)
  await signIn(origin, { email: admin.email, password: next })
  const back = await signIn(origin, { email: admin.email, password: next })
  await submitForm(back, '/account', { current: next, next: admin.password })
})

test('a name is saved; a form that is not one does no harm', async () => {
  const browser = await signIn(origin)
  await submitForm(browser, '/account', { name: 'Ada ‹b› Lovelace' })
  expect(await (await browser.open('/account')).text()).toContain('Ada ‹b› Lovelace')
  const long = await submitForm(browser, '/account', { name: 'x'.repeat(5000) })
  expect(textOf(await long.text())).toContain('Use at most 100 characters')
  const stranger = newBrowser(origin)
  expect(await isOut(stranger)).toBe(true)
})
