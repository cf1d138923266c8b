import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { launchBrowser } from '../support/browser.mjs'
import { accessibilityFaults, signInAs, type Visitor, visit } from '../support/browser-pages'
import { postMcp, toolCall } from '../support/mcp-message'
import { connect } from '../support/oauth-tokens'
import { type Operator, operatorOf } from '../support/operator'
import { invite, newPerson, password, personCalled } from '../support/people-admin'
import { startPortico } from '../support/portico'
import { admin, type Portico } from '../support/portico-process'

vi.setConfig({ testTimeout: 180_000 })

/** Where the pages are kept as pictures when somebody wants to look; nothing is written otherwise. */
const pictures = process.env.PORTICO_PICTURES

let portico: Portico
let browser: Browser
let first: Operator
let visitor: Visitor
const email = 'second@people.test'

beforeAll(async () => {
  const env = { PORTICO_PROXY_HOPS: '1' }
  ;[portico, browser] = await Promise.all([startPortico({ env }), launchBrowser()])
  first = await operatorOf(portico.origin)
  await newPerson(first, email, 'admin')
  visitor = await visit(browser)
  await visitor.page.goto(`${portico.origin}/sign-in`)
  await signInAs(visitor.page, email, password)
})
afterAll(() => browser?.close())

/** Waits until a notice says so. */
const told = (text: RegExp) =>
  visitor.page.locator('[data-sonner-toast]').filter({ hasText: text }).first().waitFor()

const press = (name: string) => visitor.page.getByRole('button', { name, exact: true }).click()

const works = async (token: string) =>
  (await postMcp(`${portico.origin}/mcp`, token, toolCall('whoami'))).status === 200

test('whoever is disabled is out at once, with their connections, until enabled again', async () => {
  const { page, faults } = visitor
  const { tokens } = await connect(portico.origin)
  await page.goto(`${portico.origin}/admin/operators`)
  await page.getByRole('link', { name: admin.email }).click()
  await press('Disable account…')
  await page.getByText('One connection in that name stops to work at once').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await press('Disable account')
  await told(/is signed out/)
  expect(await works(tokens.access_token)).toBe(false)
  expect((await first.open('/admin')).status).toBe(307)

  await press('Enable account')
  await told(/may sign in again/)
  expect(await works(tokens.access_token)).toBe(true)
  expect((await first.open('/admin')).status).toBe(200)
  expect(faults()).toEqual([])
})

test('the only admin left cannot be disabled', async () => {
  const { page } = visitor
  const disable = async (who: string) => {
    const { id } = await personCalled(first, who)
    await page.goto(`${portico.origin}/admin/operators/${id}`)
    await press('Disable account…')
    await press('Disable account')
  }
  await disable(admin.email)
  await told(/is signed out/)
  const own = page.getByRole('link', { name: email })
  await page.goto(`${portico.origin}/admin/operators`)
  await own.click()
  await press('Disable account…')
  await page.getByText('You are signed out everywhere').waitFor()
  await press('Disable account')
  await told(/is the only admin who can sign in/)
  await page.goto(`${portico.origin}/admin/operators`)
  await page.getByRole('link', { name: admin.email }).click()
  await press('Enable account')
  await told(/may sign in again/)
})

test('an invitation that is withdrawn opens nothing', async () => {
  const { page } = visitor
  const link = await invite(first, 'guest@people.test', 'viewer')
  await page.goto(`${portico.origin}/admin/operators`)
  await press('Withdraw the link for guest@people.test')
  await press('Withdraw link')
  await told(/opens nothing any more/)
  await page.getByText('guest@people.test').first().waitFor({ state: 'hidden' })
  await page.goto(link)
  await page.getByRole('heading', { name: 'This link does not work' }).waitFor()
})

test.each([
  { width: 1440, dark: false },
  { width: 1440, dark: true },
  { width: 390, dark: false },
  { width: 390, dark: true },
])('the pages of people are without a fault at $width px, dark: $dark', async (looks) => {
  const { page, faults } = await visit(browser, looks)
  const link = await invite(first, `guest-${looks.width}-${looks.dark}@people.test`, 'operator')
  const { id } = await personCalled(first, admin.email)
  const found: string[] = []
  const look = async (name: string) => {
    await page.getByRole('heading', { level: 1 }).waitFor()
    found.push(...(await accessibilityFaults(page)).map((fault) => `${name} ${fault}`))
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    if (overflow > 0) found.push(`${name} is ${overflow} px too wide`)
    const file = `people-${name}-${looks.dark ? 'dark' : 'light'}-${looks.width}.png`
    if (pictures) await page.screenshot({ path: `${pictures}/${file}`, fullPage: true })
  }
  await page.goto(link)
  await look('invitation')
  await page.goto(`${portico.origin}/sign-in`)
  await signInAs(page, email, password)
  for (const path of ['operators', 'operators/invite', `operators/${id}`, 'audit', 'settings']) {
    await page.goto(`${portico.origin}/admin/${path}`)
    await look(path.replace('/', '-').replace(id, 'person'))
  }
  expect(found).toEqual([])
  expect(faults()).toEqual([])
})
