import type { Browser } from 'playwright-core'
import { beforeAll, expect, test, vi } from 'vitest'
import {
  accessibilityFaults,
  looksFaults,
  signInAs,
  type Visitor,
  visit,
} from '../support/browser/browser-pages'
import { sharedBrowser } from '../support/browser/browser-shared'
import { changeStored } from '../support/database/oauth-database'
import { postMcp, toolCall } from '../support/mcp/mcp-message'
import { makeClient } from '../support/oauth/made-client'
import { redirectUri, register } from '../support/oauth/oauth'
import { type Connection, connect } from '../support/oauth/oauth-tokens'
import { connectAndRemember } from '../support/oauth/remembering'
import { type Operator, signIn } from '../support/people/operator'
import { personOf, storedPeople } from '../support/people/people'
import { startPortico } from '../support/server/portico'
import { admin, type Portico } from '../support/server/portico-process'

// a process is started twice
vi.setConfig({ testTimeout: 300_000, hookTimeout: 240_000 })

const env = { PORTICO_PROXY_HOPS: '1' }
/** How long a page may take to say what changed. */
const patience = 20_000
const names = ['First', 'Second', 'Third']
const longAgo = `update "Client" set "createdAt" = now() - interval '2 days' where name like 'Stray%'`

let portico: Portico
let browser: Browser
let visitor: Visitor
let operator: Operator
const connections = new Map<string, Connection>()

beforeAll(async () => {
  const stored = await storedPeople('member')
  ;[portico, browser] = await Promise.all([startPortico({ env, stored }), sharedBrowser()])
  for (const name of ['Stray one', 'Stray two', 'Stray three']) {
    await register(portico.origin, { client_name: name })
  }
  portico = await changeStored(portico, [longAgo], env)
  operator = await signIn(portico.origin)
  for (const name of names) connections.set(name, await connectAs(name, operator))
  visitor = await visit(browser)
  await visitor.page.goto(`${portico.origin}/sign-in`)
  await signInAs(visitor.page, admin.email, admin.password)
})

async function connectAs(name: string, person: Operator): Promise<Connection> {
  const client = await register(portico.origin, { client_name: name })
  return connect(portico.origin, { client, operator: person })
}

const callTool = async (name: string) => {
  const token = connections.get(name)?.tokens.access_token ?? ''
  return (await postMcp(`${portico.origin}/mcp`, token, toolCall('whoami'))).status
}

const open = (path: string) => visitor.page.goto(`${portico.origin}${path}`)
const press = (name: string | RegExp) =>
  visitor.page.getByRole('button', { name, exact: true }).click()
const told = (text: RegExp) =>
  visitor.page.locator('[data-sonner-toast]').filter({ hasText: text }).first().waitFor()
const states = (name: string) =>
  visitor.page.getByRole('table').getByText(name, { exact: true }).count()

async function choose(item: RegExp): Promise<void> {
  await visitor.page.getByRole('button', { name: /^Actions for/ }).click()
  await visitor.page.getByRole('menuitem', { name: item }).click()
}

test('by keyboard several are chosen, paused, resumed and revoked, and the dialog names them', async () => {
  const { page } = visitor
  await open('/admin/connections')
  await page.getByRole('checkbox', { name: 'Select First of' }).focus()
  await page.keyboard.press('Space')
  await page.getByRole('status').filter({ hasText: '1 selected' }).waitFor()
  await page.getByRole('checkbox', { name: 'Select all on this page' }).focus()
  await page.keyboard.press('Space')
  await page.getByRole('toolbar').getByText('3 selected').waitFor()
  await page.getByRole('button', { name: 'Pause…' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('alertdialog', { name: 'Pause 3 connections?' })
  await dialog.waitFor()
  for (const name of names) await dialog.getByText(name).waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Pause 3 connections' }).focus()
  await page.keyboard.press('Enter')
  await told(/3 connections are paused/)
  await vi.waitFor(async () => expect(await states('Paused')).toBe(3), patience)
  for (const name of names) expect(await callTool(name)).toBe(401)

  await page.getByRole('checkbox', { name: 'Select Second of' }).check()
  await press('Resume…')
  await press('Resume 1 connection')
  await told(/1 connection is resumed/)
  expect(await callTool('Second')).toBe(200)
  expect(await callTool('First')).toBe(401)

  await page.getByRole('checkbox', { name: 'Select First of' }).check()
  await press('Revoke…')
  await press('Revoke 1 connection')
  await told(/1 connection is revoked/)
  // one that is revoked cannot be paused: the dialog says so
  await page.getByRole('checkbox', { name: 'Select First of' }).check()
  await press('Pause…')
  await page.getByText('None of those you selected can be changed this way.').waitFor()
  await press('Leave them')
  expect(visitor.faults()).toEqual([])
})

test('a pause and a new name are shown at once, and are undone from the notice', async () => {
  const { page } = visitor
  await open('/admin/connections?q=Second')
  await choose(/^Pause/)
  await told(/is paused/)
  expect(await callTool('Second')).toBe(401)
  await page.getByRole('button', { name: 'Undo' }).click()
  // a focus that comes back later would close what was opened meanwhile
  await page
    .locator(':focus')
    .and(page.getByRole('button', { name: /^Actions for/ }))
    .waitFor()
  await told(/is resumed/)
  expect(await callTool('Second')).toBe(200)

  await choose(/^Rename/)
  await page.getByRole('textbox', { name: /^Name/ }).fill('Night shift')
  expect(await accessibilityFaults(page)).toEqual([])
  await press('Rename')
  await page.getByRole('link', { name: 'Night shift' }).waitFor()
  await told(/is renamed/)
  await open('/admin/connections?q=night')
  await page.getByRole('link', { name: 'Night shift' }).click()
  await page.getByRole('heading', { name: /Night shift/ }).waitFor()
  await page.getByText('is called “Night shift” here').waitFor()
  await press('Rename…')
  await page.getByRole('textbox', { name: /^Name/ }).fill('')
  await press('Rename')
  await page.getByRole('heading', { name: /Second/ }).waitFor()
  await page.getByRole('button', { name: 'Undo' }).first().click()
  await page.getByRole('heading', { name: /Night shift/ }).waitFor()
  expect(visitor.faults()).toEqual([])
})

test('a rotated secret is in the history of its client, whose deletion says what it ends', async () => {
  const { page } = visitor
  const client = await makeClient(operator, 'Made by hand', redirectUri, ['confidential'])
  await connect(portico.origin, { client, operator })
  await open(`/admin/clients/client?id=${client.client_id}`)
  await choose(/^Rotate/)
  await press('Rotate secret')
  await press('Done')
  await page.getByText('It was given a new secret').waitFor()
  await choose(/^Delete/)
  await page.getByText('1 connection of 1 person, with 2 live tokens').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await press('Keep it')
  await choose(/^Disable/)
  await page.getByText('1 connection of 1 person, with 2 live tokens').waitFor()
  await press('Keep it enabled')
  expect(visitor.faults()).toEqual([])
})

test('clients that nobody ever used are counted by age, and deleted', async () => {
  const { page } = visitor
  await register(portico.origin, { client_name: 'Stray but new' })
  await open('/admin/clients?q=Stray')
  await press('Clean up…')
  await page.getByText('3 clients registered that long ago and were never used.').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await page.getByLabel('Registered').selectOption({ label: 'more than 3 days ago' })
  await page.getByText('No client is that old and was never used.').waitFor()
  expect(await page.getByRole('button', { name: 'Delete', exact: true }).isDisabled()).toBe(true)
  await page.getByLabel('Registered').selectOption({ label: 'more than 1 hour ago' })
  await press('Delete 3')
  await told(/3 clients are deleted/)
  const strays = () => page.getByRole('link', { name: /^Stray (one|two|three)/ }).count()
  await vi.waitFor(async () => expect(await strays()).toBe(0), patience)
  await page.getByRole('link', { name: 'Stray but new' }).waitFor()
  await open('/admin/log?event=clients.pruned')
  await page.getByText('3 clients that registered').waitFor()
  expect(visitor.faults()).toEqual([])
})

test('one token is revoked from its list, and its connection goes on', async () => {
  const { page } = visitor
  await open(`/admin/tokens?q=Second&state=active`)
  await page.getByRole('button', { name: /^Actions for the access token of Second/ }).click()
  await page.getByRole('menuitem', { name: /^Revoke/ }).click()
  await page.getByText('with its refresh token the client gets another one').waitFor()
  await press('Revoke token')
  await told(/access token of Second is revoked/)
  expect(await callTool('Second')).toBe(401)
  await open('/admin/connections?q=Second&state=active')
  await page.getByRole('link', { name: 'Night shift' }).waitFor()
  expect(visitor.faults()).toEqual([])
})

test('without a script a member ends what they allowed', async () => {
  const person = await signIn(portico.origin, personOf('member'))
  await connectAs('Of the member', person)
  const { context, page: scripted } = await visit(browser, { width: 390 })
  await scripted.goto(`${portico.origin}/sign-in`)
  await signInAs(scripted, personOf('member').email, personOf('member').password)
  await scripted.waitForURL('**/connections')
  const plain = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await context.storageState(),
    viewport: { width: 390, height: 800 },
  })
  const page = await plain.newPage()
  await page.goto(`${portico.origin}/connections`)
  await page.getByRole('link', { name: 'Of the member' }).click()
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByText('It is paused').waitFor()
  await page.getByRole('link', { name: 'Revoke…' }).click()
  await page.getByRole('button', { name: 'Revoke connection' }).click()
  await page.getByText('It is revoked: its tokens do not work any more.').waitFor()
  await page.getByText('Connection revoked by you').waitFor()
  await plain.close()
})

test('a person sees to which apps an answer is remembered, and has one forgotten', async () => {
  const member = await signIn(portico.origin, personOf('member'))
  const callback = 'https://remembered.example/callback'
  for (const name of [
    'Notebook',
    'An app with a name that is rather longer than most others are',
  ]) {
    const client = await makeClient(operator, name, callback, ['confidential'])
    await connectAndRemember(member, client)
  }
  const { page, faults } = await visit(browser)
  await page.goto(`${portico.origin}/sign-in?next=/connections`)
  await signInAs(page, personOf('member').email, personOf('member').password)
  const remembered = page.getByRole('region', { name: 'Connect without asking' })
  await remembered.getByText('Notebook').waitFor()
  expect(await looksFaults(page, 'own-connections-remembered')).toEqual([])
  await page.getByRole('button', { name: 'Forget the answer to Notebook' }).click()
  await page.getByText('The answer is forgotten').waitFor()
  expect(await remembered.getByText('Notebook').count()).toBe(0)
  expect(await remembered.getByRole('listitem').count()).toBe(1)
  expect(faults()).toEqual([])
})
