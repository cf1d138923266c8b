import type { Browser, Page } from 'playwright-core'
import { beforeAll, expect, test, vi } from 'vitest'
import { signInAs, type Visitor, visit } from '../support/browser/browser-pages'
import { sharedBrowser } from '../support/browser/browser-shared'
import { connectAs } from '../support/clients/claude'
import { hostedClaude } from '../support/clients/claude-clients'
import { postMcp, toolCall } from '../support/mcp/mcp-message'
import { startPortico } from '../support/server/portico'
import type { Portico } from '../support/server/portico-process'
import { verifies } from '../support/sources/verifies'

/**
 * What somebody does who has never seen Portico, by what the pages call things alone, and within the
 * three minutes that it may take.
 */

vi.setConfig({ testTimeout: 180_000 })

const operator = { email: 'ada@example.org', password: 'a long enough password' }
let portico: Portico
let browser: Browser
let visitor: Visitor

beforeAll(async () => {
  const env = { PORTICO_ADMIN_EMAIL: '', PORTICO_ADMIN_PASSWORD: '', PORTICO_PROXY_HOPS: '1' }
  ;[portico, browser] = await Promise.all([startPortico({ env, isFirst: true }), sharedBrowser()])
  visitor = await visit(browser)
  await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write'])
})

const section = (page: Page, name: string) =>
  page
    .getByRole('navigation', { name: 'Sections' })
    .getByRole('link', { name, exact: true })
    .click()

async function setUp(page: Page): Promise<void> {
  await page.goto(/http:\S+\/setup\?token=\S+/.exec(portico.output())?.[0] ?? 'no link was printed')
  await page.getByLabel('Email').fill(operator.email)
  await page.getByLabel('Password').fill(operator.password)
  await page.getByRole('button', { name: /admin/i }).click()
  await page.waitForURL(/\/sign-in/)
  await signInAs(page, operator.email, operator.password)
}

/** Copies the address as a person does. */
async function addressToPaste(page: Page): Promise<string> {
  await section(page, 'Connect')
  await page.getByRole('heading', { name: 'The address to paste' }).waitFor()
  await page.getByRole('button', { name: /^Copy/ }).first().click()
  return page.evaluate(() => navigator.clipboard.readText())
}

/** Allows what is asked, in another tab, and comes back with where Claude is sent to. */
async function allow(url: URL): Promise<URL> {
  const page = await visitor.context.newPage()
  const returned = page.waitForRequest((request) => request.url().startsWith('https://claude.ai/'))
  await page.goto(url.href)
  await page.getByRole('heading', { name: /^Let Claude use/ }).waitFor()
  await page.getByRole('button', { name: 'Allow' }).click()
  const back = new URL((await returned).url())
  await page.close()
  return back
}

async function choose(page: Page, item: RegExp): Promise<void> {
  await page.getByRole('button', { name: /^Actions for Claude/ }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

test(
  verifies(
    ['A66', 'R1'],
    'sets up, connects, allows, finds the call in the log, pauses, resumes and revokes',
  ),
  async () => {
    const { page, faults } = visitor
    await setUp(page)
    const mcpUrl = await addressToPaste(page)
    const { tokens } = await connectAs(hostedClaude, mcpUrl, allow)
    const call = () => postMcp(mcpUrl, tokens.access_token, toolCall('whoami'))
    await page
      .getByRole('link', { name: /handshake/i })
      .last()
      .waitFor()

    await section(page, 'Live log')
    await page.getByRole('button', { name: 'Tool called' }).first().waitFor()

    await section(page, 'Connections')
    await choose(page, /^Pause/)
    await page.getByRole('cell', { name: 'Paused', exact: true }).waitFor()
    await expect.poll(async () => (await call()).status, { timeout: 10_000 }).toBe(401)
    await choose(page, /^Resume/)
    await page.getByRole('cell', { name: 'Active', exact: true }).waitFor()
    await expect.poll(async () => (await call()).status, { timeout: 10_000 }).toBe(200)
    await choose(page, /^Revoke/)
    await page.getByRole('button', { name: 'Revoke connection' }).click()
    await page.getByRole('cell', { name: 'Revoked', exact: true }).waitFor()
    const refused = await call()
    expect(refused.status).toBe(401)
    expect(refused.headers.get('www-authenticate')).toContain('error="invalid_token"')
    expect(faults()).toEqual([])
  },
)
