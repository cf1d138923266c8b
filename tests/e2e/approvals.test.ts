import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import {
  accessibilityFaults,
  looksFaults,
  picture,
  signInAs,
  type Visitor,
  visit,
} from '../support/browser/browser-pages'
import { sharedBrowser } from '../support/browser/browser-shared'
import { type CallbackPage, openCallbackPage } from '../support/oauth/callback-page'
import { authorizationUrl, newPkce, type RegisteredClient, register } from '../support/oauth/oauth'
import { signIn } from '../support/people/operator'
import { untilHandshakes } from '../support/people/operator-handshakes'
import { personOf, storedPeople } from '../support/people/people'
import { startPortico } from '../support/server/portico'
import { admin, type Portico } from '../support/server/portico-process'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

const env = { PORTICO_CLIENT_APPROVAL: 'first-seen', PORTICO_PROXY_HOPS: '1' }
const { challenge } = newPkce()

let portico: Portico
let browser: Browser
let member: Visitor
let operator: Visitor
let callback: CallbackPage

async function signedIn(
  person: { readonly email: string; readonly password: string },
  options: Parameters<typeof visit>[1] = {},
): Promise<Visitor> {
  const visitor = await visit(browser, options)
  await visitor.page.goto(`${portico.origin}/sign-in?next=/admin`)
  await signInAs(visitor.page, person.email, person.password)
  return visitor
}

beforeAll(async () => {
  portico = await startPortico({ env, stored: await storedPeople('member', 'operator') })
  ;[browser, callback] = await Promise.all([sharedBrowser(), openCallbackPage()])
  member = await signedIn(personOf('member'))
  operator = await signedIn(personOf('operator'))
})
afterAll(() => callback.close())

const newClient = (name: string): Promise<RegisteredClient> =>
  register(portico.origin, { client_name: name, redirect_uris: [callback.url] })

/** A member allows a client, and waits. */
async function ask(page: Page, name: string): Promise<RegisteredClient> {
  const client = await newClient(name)
  await page.goto(authorizationUrl(portico.origin, client, challenge).href)
  await page.getByRole('button', { name: 'Allow' }).click()
  await page.getByRole('heading', { name: `Waiting for an operator to approve ${name}` }).waitFor()
  return client
}

/** Where the person's browser has come to, once it has left Portico. */
async function answered(page: Page): Promise<URL> {
  await page.waitForURL((url) => url.href.startsWith(callback.url))
  return new URL(page.url())
}
const card = (page: Page, name: string) => page.locator('[data-approval]').filter({ hasText: name })

test('the bell counts, one key approves, and the person goes on by themselves', async () => {
  const { page } = operator
  await page.getByRole('link', { name: 'Approvals: none waiting' }).waitFor()
  await ask(member.page, 'Approved app')
  expect(await accessibilityFaults(member.page)).toEqual([])
  await page.getByRole('link', { name: 'Approvals: 1 waiting' }).click()
  await card(page, 'Approved app').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await picture(member.page, 'waiting-for-approval')
  const going = answered(member.page)
  await page.keyboard.press('j')
  await page.keyboard.press('a')
  expect((await going).searchParams.get('code')).toMatch(/^pac_/)
  await page.getByText('Nobody is waiting').waitFor()
  expect(operator.faults()).toEqual([])
})

test('one key denies, and the person is told and led back', async () => {
  const { page } = operator
  const client = await ask(member.page, 'Denied app')
  await card(page, 'Denied app').waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('d')
  await member.page.getByRole('heading', { name: 'An operator denied Denied app' }).waitFor()
  const going = answered(member.page)
  await member.page.getByRole('link', { name: /^Go back to 127/ }).click()
  const { searchParams } = await going
  expect(searchParams.get('error')).toBe('access_denied')
  expect(searchParams.get('iss')).toBe(portico.origin)
  const rows = await untilHandshakes(await signIn(portico.origin), (all) =>
    all.some(
      ({ clientId, verdict }) => clientId === client.client_id && verdict.kind !== 'in-progress',
    ),
  )
  const row = rows.find(({ clientId }) => clientId === client.client_id)
  expect(row?.verdict.kind).toBe('refused-by-operator')
  expect(row?.userEmail).toBe(personOf('member').email)
})

test('of two operators who decide at once, one does', async () => {
  await ask(member.page, 'Contested app')
  const other = await signedIn(admin)
  await other.page.goto(`${portico.origin}/admin/approvals`)
  const both = [operator.page, other.page]
  for (const page of both) await card(page, 'Contested app').waitFor()
  const going = answered(member.page)
  // at once, without a look whether it can be pressed: the page of the later one would have gone on
  await Promise.all(
    both.map((page) =>
      page.getByRole('button', { name: 'Approve Contested app' }).dispatchEvent('click'),
    ),
  )
  const told = await Promise.all(
    both.map((page) =>
      page.getByText(/^(Contested app is approved|This request was already decided)/).textContent(),
    ),
  )
  expect(told.sort()).toEqual([
    'Contested app is approved',
    'This request was already decided or has expired',
  ])
  await going
  await other.context.close()
})

test('without script the person’s page comes again by itself, and goes on', async () => {
  const storageState = await member.context.storageState()
  const context = await browser.newContext({ javaScriptEnabled: false, storageState })
  const page = await context.newPage()
  await ask(page, 'Plain app')
  const going = answered(page)
  await card(operator.page, 'Plain app').waitFor()
  await operator.page.getByRole('button', { name: 'Approve Plain app' }).click()
  expect((await going).searchParams.get('code')).toMatch(/^pac_/)
  await context.close()
})

test('a list with someone in it has no fault', async () => {
  await ask(member.page, 'Waiting app')
  const { page, context, faults } = await signedIn(admin)
  await page.goto(`${portico.origin}/admin/approvals`)
  await card(page, 'Waiting app').waitFor()
  expect(await looksFaults(page, 'approvals-waiting')).toEqual([])
  expect(faults()).toEqual([])
  await context.close()
})
