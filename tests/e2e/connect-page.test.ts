import type { Browser, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import {
  accessibilityFaults,
  signInAs,
  type Visitor,
  visit,
} from '../support/browser/browser-pages'
import { sharedBrowser } from '../support/browser/browser-shared'
import { connectAs } from '../support/clients/claude'
import { hostedClaude } from '../support/clients/claude-clients'
import { type Operator, signIn } from '../support/people/operator'
import { answer, approve } from '../support/people/operator-consent'
import { startPortico } from '../support/server/portico'
import { admin, type Portico } from '../support/server/portico-process'

/** A busy machine takes its time. */
const soon = { timeout: 15_000 }

let portico: Portico
let browser: Browser
let visitor: Visitor
let operator: Operator

beforeAll(async () => {
  const env = { PORTICO_PROXY_HOPS: '1' }
  ;[portico, browser] = await Promise.all([startPortico({ env }), sharedBrowser()])
  visitor = await visit(browser)
  operator = await signIn(portico.origin)
  await visitor.page.goto(`${portico.origin}/sign-in?next=/admin`)
  await signInAs(visitor.page, admin.email, admin.password)
})

const steps = (page: Page) => page.getByRole('list', { name: 'Steps of the connection' })
const states = (page: Page): Promise<(string | null)[]> =>
  steps(page)
    .getByRole('listitem')
    .evaluateAll((lines) => lines.map((line) => line.getAttribute('data-state')))

test('the first visit has the address, the warning, and a list that waits', async () => {
  const { page } = visitor
  await page.goto(`${portico.origin}/admin`)
  await page.getByRole('link', { name: /live checklist/ }).click()
  await page.waitForURL('**/admin/connect*')
  await page.getByText(`${portico.origin}/mcp`, { exact: true }).first().waitFor()
  await page.getByText('cannot reach this address').waitFor()
  await page.getByText('Waiting for the next client').waitFor()
  await page.getByText('Live', { exact: true }).waitFor()
  expect(await states(page)).toEqual(['waiting', ...Array(7).fill('pending')])
})

test.each([
  ['Claude Code', (url: string) => `claude mcp add --transport http portico ${url}`],
  ['Cursor', (url: string) => JSON.stringify({ mcpServers: { portico: { url } } }, null, 2)],
  ['VS Code', (url: string) => `{"name":"portico","type":"http","url":"${url}"}`],
  ['Inspector', () => 'npx @modelcontextprotocol/inspector'],
  ['ChatGPT', () => 'Developer mode'],
])('the steps of %s are exact and drawn', async (name, said) => {
  const { page } = visitor
  await page.getByRole('navigation', { name: 'Clients' }).getByRole('link', { name }).click()
  await page.waitForURL(/client=/)
  const expected = said(`${portico.origin}/mcp`).replace(/\s/g, '')
  await expect
    .poll(async () => String(await page.locator('main').textContent()).replace(/\s/g, ''), soon)
    .toContain(expected)
  expect(await page.getByRole('img', { name: /^Drawing of/ }).count()).toBe(1)
})

test('ticks come as Claude comes, survive a reload, and lead to the handshake', async () => {
  const { page } = visitor
  let consented = () => {}
  const mayConsent = new Promise<void>((resolve) => {
    consented = resolve
  })
  const connection = connectAs(hostedClaude, `${portico.origin}/mcp`, async (url) => {
    await mayConsent
    return approve(operator, url)
  })
  await expect.poll(() => states(page), soon).toEqual(expect.arrayContaining(['done']))
  await expect
    .poll(async () => (await states(page)).slice(0, 3), soon)
    .toEqual(Array(3).fill('done'))
  expect((await states(page)).at(-1)).toBe('pending')
  await page.reload()
  await expect
    .poll(async () => (await states(page)).slice(0, 3), soon)
    .toEqual(Array(3).fill('done'))
  await page.getByText('Following').waitFor()

  consented()
  await connection
  await expect.poll(() => states(page), soon).toEqual(Array(8).fill('done'))
  const said = page.locator('[aria-live="polite"]').filter({ hasText: '8 of 8 steps done' })
  await said.waitFor({ state: 'attached' })
  await page.getByRole('link', { name: /is connected: see its handshake/ }).waitFor()
  expect(await accessibilityFaults(page)).toEqual([])

  await page.getByRole('link', { name: 'Wait for another client' }).click()
  await page.getByText('Waiting for the next client').waitFor()
  expect(await states(page)).not.toContain('done')
})

test('an attempt that ends badly names what is missing', async () => {
  const { page } = visitor
  const denied = connectAs(hostedClaude, `${portico.origin}/mcp`, (url) =>
    answer(operator, url, 'deny'),
  )
  await expect(denied).rejects.toThrow(/access_denied/)
  await expect.poll(() => states(page), soon).toContain('failed')
  await page.getByText('Denied by a person').waitFor()
  await page.getByRole('link', { name: 'See this handshake' }).click()
  await page.waitForURL(/\/admin\/handshakes\/hs_\d+/)
  expect(visitor.faults()).toEqual([])
})

test('an id for a known client is made with its addresses filled in', async () => {
  const { page } = visitor
  await page.goto(`${portico.origin}/admin/connect?client=claude`)
  await page.getByRole('link', { name: 'Create a client ID for Claude' }).click()
  const uris = await page.getByLabel('Redirect URIs').inputValue()
  expect(uris.split('\n')).toEqual([
    'https://claude.ai/api/mcp/auth_callback',
    'https://claude.com/api/mcp/auth_callback',
  ])
  await page.getByRole('button', { name: 'Create client' }).click()
  await page.getByRole('heading', { name: 'Claude is ready' }).waitFor()
})
