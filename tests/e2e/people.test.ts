import type { Browser } from 'playwright-core'
import { beforeAll, expect, test, vi } from 'vitest'
import {
  accessibilityFaults,
  signInAs,
  type Visitor,
  visit,
} from '../support/browser/browser-pages'
import { sharedBrowser } from '../support/browser/browser-shared'
import { postMcp, toolCall } from '../support/mcp/mcp-message'
import { connect } from '../support/oauth/oauth-tokens'
import { type Operator, operatorOf, signIn } from '../support/people/operator'
import { invite, newPerson, password, personCalled } from '../support/people/people-admin'
import { startPortico } from '../support/server/portico'
import { admin, type Portico } from '../support/server/portico-process'

vi.setConfig({ testTimeout: 180_000 })

let portico: Portico
let browser: Browser
let first: Operator
let visitor: Visitor
const email = 'second@people.test'

beforeAll(async () => {
  const env = { PORTICO_PROXY_HOPS: '1' }
  ;[portico, browser] = await Promise.all([startPortico({ env }), sharedBrowser()])
  first = await operatorOf(portico.origin)
  await newPerson(first, email, 'admin')
  visitor = await visit(browser)
  await visitor.page.goto(`${portico.origin}/sign-in`)
  await signInAs(visitor.page, email, password)
})

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
  await page.getByText('One connection in that name stops working at once').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await press('Disable account')
  await told(/is signed out/)
  expect(await works(tokens.access_token)).toBe(false)
  expect((await first.open('/admin')).status).toBe(307)

  await press('Enable account')
  await told(/may sign in again/)
  expect(await works(tokens.access_token)).toBe(true)
  // what was signed in before stays out, and may sign in anew
  expect((await first.open('/admin')).status).toBe(307)
  await signIn(portico.origin, admin, first)
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
  await signIn(portico.origin, admin, first)
})

test('an invitation that is withdrawn opens nothing', async () => {
  const { page } = visitor
  const link = await invite(first, 'guest@people.test', 'viewer')
  await page.goto(`${portico.origin}/admin/operators`)
  await press('Withdraw the link for guest@people.test')
  await press('Withdraw link')
  await told(/no longer works/)
  await page.getByText('guest@people.test').first().waitFor({ state: 'hidden' })
  await page.goto(link)
  await page.getByRole('heading', { name: 'This link does not work' }).waitFor()
})
