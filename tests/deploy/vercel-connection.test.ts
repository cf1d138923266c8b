import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signInAs, visit } from '../support/browser/browser-pages'
import { closeBrowsers, sharedBrowser } from '../support/browser/browser-shared'
import { connectAs } from '../support/clients/claude'
import { claudeCode } from '../support/clients/claude-clients'
import { type CallbackPage, openCallbackPage } from '../support/oauth/callback-page'
import { admin } from '../support/server/portico-process'
import { type DeployedDatabase, deploy, newDatabase, settings } from './vercel/deployment'
import type { Platform } from './vercel/platform'

/** From nothing to a tool call, with a person at a real browser. */

let database: DeployedDatabase
let browser: Browser
let callback: CallbackPage
const running: Platform[] = []

beforeAll(async () => {
  ;[database, browser, callback] = await Promise.all([
    newDatabase(),
    sharedBrowser(),
    openCallbackPage(),
  ])
})
afterAll(async () => {
  await closeBrowsers()
  callback?.close()
  await Promise.all(running.map((platform) => platform.stop()))
  await database?.drop()
})

async function deployed(options: Parameters<typeof deploy>[1] = {}): Promise<Platform> {
  const platform = await deploy(database, options)
  running.push(platform)
  return platform
}

const withoutAdmin = { PORTICO_ADMIN_EMAIL: '', PORTICO_ADMIN_PASSWORD: '' }
const linksIn = (platform: Platform) => [
  ...new Set(
    [...platform.output().matchAll(/http:\S+\/setup\?token=[\w-]+/g)].map(([link]) => link),
  ),
]

/** Signs in and allows, as a person does who was sent to a client's authorization URL. */
const allowing = (page: Page) => async (url: URL) => {
  await page.goto(url.href)
  if (new URL(page.url()).pathname === '/sign-in') await signInAs(page, admin.email, admin.password)
  await page.getByText('Use your tools').waitFor()
  await page.getByRole('button', { name: 'Allow' }).click()
  await page.waitForURL((there) => there.href.startsWith(callback.url))
  return new URL(page.url())
}

/** A client on the person's own machine. */
const client = () => ({
  ...claudeCode,
  registration: { ...claudeCode.registration, redirect_uris: [callback.url] },
  redirectUri: callback.url,
})

test('one set-up link for the database, the same on every cold start until it is used; then sign-in, consent and a tool call', async () => {
  const portico = await deployed({ env: withoutAdmin, concurrency: 1 })
  const wake = () =>
    Promise.all(
      ['/sign-in', '/mcp', '/.well-known/jwks.json'].map((at) => fetch(portico.origin + at)),
    )
  await wake()
  await portico.untilFrozen()
  await portico.killAll()
  await wake()
  const links = linksIn(portico)
  expect(links).toHaveLength(1)

  const { page, faults } = await visit(browser)
  await page.goto(links[0] ?? '')
  await page.getByLabel('Email').fill(admin.email)
  await page.getByLabel('Password').fill(admin.password)
  const submit = page.getByRole('button').filter({ hasText: /admin|create|continue/i })
  await submit.click()
  await page.waitForURL(/\/sign-in/)

  const connected = await connectAs(client(), `${portico.origin}/mcp`, allowing(page))
  expect(connected.person).toContain(admin.email)
  await portico.untilFrozen()
  await portico.killAll()

  await page.goto(`${portico.origin}/admin/handshakes`)
  await page.getByText('Connected').first().waitFor()
  const before = portico.output().length
  await wake()
  expect(portico.output().slice(before)).not.toContain('/setup?token=')
  expect(faults()).toEqual([])
})

test('an admin from the settings signs in, connects, and sees each step in the log, with instances that share requests', async () => {
  const portico = await deployed({ env: settings, concurrency: 10 })
  const { page, faults } = await visit(browser)
  const connected = await connectAs(client(), `${portico.origin}/mcp`, allowing(page))
  expect(connected.person).toContain(admin.email)
  await portico.untilFrozen()
  await page.goto(`${portico.origin}/admin/log`)
  for (const name of ['client.registered', 'consent.granted', 'token.issued', 'mcp.called']) {
    await page.getByText(name).first().waitFor()
  }
  expect(faults()).toEqual([])
})
