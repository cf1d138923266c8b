import type { Browser } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import {
  accessibilityFaults,
  signInAs,
  type Visitor,
  visit,
} from '../support/browser/browser-pages'
import { sharedBrowser } from '../support/browser/browser-shared'
import { postForm } from '../support/oauth/oauth'
import { connect, tokensOf } from '../support/oauth/oauth-tokens'
import { startPortico } from '../support/server/portico'
import { admin, type Portico } from '../support/server/portico-process'
import { verifies } from '../support/sources/verifies'

let portico: Portico
let browser: Browser
let visitor: Visitor

beforeAll(async () => {
  const env = { PORTICO_PROXY_HOPS: '1' }
  ;[portico, browser] = await Promise.all([startPortico({ env }), sharedBrowser()])
  visitor = await visit(browser)
  await visitor.page.goto(`${portico.origin}/sign-in`)
  await signInAs(visitor.page, admin.email, admin.password)
})

/** The status of a tool call with this token. */
async function callTool(token: string): Promise<number> {
  const response = await fetch(`${portico.origin}/mcp`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'whoami', arguments: {} },
    }),
  })
  await response.text()
  return response.status
}

/** The id of the key that signed a token (RFC 7515 §4.1.4). */
const keyOf = (token: string): unknown =>
  JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid

/** Opens a section narrowed to one client, so that there is one row. */
const openFor = (section: string, clientId: string) =>
  visitor.page.goto(`${portico.origin}/admin/${section}?q=${clientId}`)

/** Chooses from the menu of the only row. */
async function choose(item: RegExp): Promise<void> {
  await visitor.page.getByRole('button', { name: /^Actions for/ }).click()
  await visitor.page.getByRole('menuitem', { name: item }).click()
}

const press = (name: string) => visitor.page.getByRole('button', { name, exact: true }).click()

/** Waits until a notice says so. */
const told = (text: RegExp) =>
  visitor.page.locator('[data-sonner-toast]').filter({ hasText: text }).first().waitFor()

test(verifies(['A66', 'R1'], 'a paused connection is refused until it is resumed'), async () => {
  const { client, tokens } = await connect(portico.origin)
  const token = tokens.access_token
  expect(await callTool(token)).toBe(200)

  await openFor('connections', client.client_id)
  await choose(/^Pause/)
  await told(/is paused/)
  await visitor.page.getByRole('cell', { name: 'Paused', exact: true }).waitFor()
  expect(await callTool(token)).toBe(401)

  await choose(/^Resume/)
  await told(/is resumed/)
  expect(await callTool(token)).toBe(200)
  expect(visitor.faults()).toEqual([])
})

const credential = async (name: string) =>
  (await visitor.page.getByRole('group', { name }).locator('code').textContent()) ?? ''

const ownToken = (clientId: string, secret: string) =>
  postForm(`${portico.origin}/token`, {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: secret,
    scope: 'claudeai',
  })

test('an admin makes a client, sees its secret once, and rotates it', async () => {
  const { page } = visitor
  await page.goto(`${portico.origin}/admin/clients`)
  await page.getByRole('link', { name: 'New client' }).click()
  await page.getByLabel('Name').fill('Nightly export')
  await page.getByLabel('Redirect URIs').fill('nowhere')
  await press('Create client')
  await page.getByText('nowhere', { exact: false }).last().waitFor()
  expect(await accessibilityFaults(page)).toEqual([])

  await page.getByLabel('Redirect URIs').fill('')
  await page.getByLabel('Machine-to-machine (no user)').check()
  await press('Create client')
  await page.getByRole('heading', { name: 'Nightly export is ready' }).waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  const [clientId, secret] = [await credential('Client id'), await credential('Client secret')]
  const { access_token: token } = tokensOf(await ownToken(clientId, secret))
  expect(await callTool(token)).toBe(200)

  await page.reload()
  await page.getByLabel('Name').waitFor()
  await openFor('clients', clientId)
  await page.getByRole('button', { name: /^Actions for Nightly export/ }).waitFor()
  expect(await page.content()).not.toContain(secret)

  await choose(/^Rotate secret/)
  await press('Rotate secret')
  await page.getByRole('dialog', { name: /new secret of Nightly export/ }).waitFor()
  const next = await credential('Client secret')
  await press('Done')
  expect((await ownToken(clientId, secret)).status).toBe(401)
  expect((await ownToken(clientId, next)).status).toBe(200)
  expect(visitor.faults()).toEqual([])
})

test(verifies(['R1'], 'the tokens of a disabled or deleted client are refused'), async () => {
  const { client, tokens } = await connect(portico.origin)
  const token = tokens.access_token

  await openFor('clients', client.client_id)
  await choose(/^Disable/)
  await press('Disable client')
  await told(/is disabled/)
  expect(await callTool(token)).toBe(401)

  await choose(/^Enable/)
  await told(/is enabled again/)
  expect(await callTool(token)).toBe(200)

  await choose(/^Delete/)
  await press('Delete client')
  await told(/is deleted/)
  await visitor.page.getByText('No clients match these filters').waitFor()
  expect(await callTool(token)).toBe(401)
  expect(visitor.faults()).toEqual([])
})

test('after a rotation of the signing key old tokens work and new ones name the new key', async () => {
  const { page } = visitor
  const before = await connect(portico.origin)
  const old = before.tokens.access_token
  await page.goto(`${portico.origin}/admin/keys`)
  await press('Rotate key…')
  await press('Rotate key')
  await told(/New tokens are signed/)
  await page.getByRole('cell', { name: 'Verifying', exact: true }).waitFor()
  expect(await accessibilityFaults(page)).toEqual([])

  expect(await callTool(old)).toBe(200)
  const { tokens } = await connect(portico.origin)
  expect(keyOf(tokens.access_token)).not.toBe(keyOf(old))
  expect(await callTool(tokens.access_token)).toBe(200)
  expect(visitor.faults()).toEqual([])
})
