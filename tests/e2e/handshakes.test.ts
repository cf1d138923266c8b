import type { Browser } from 'playwright-core'
import { beforeAll, expect, test, vi } from 'vitest'
import type { HandshakeRow } from '@/lib/admin/handshakes/views'
import { signInAs, type Visitor, visit } from '../support/browser/browser-pages'
import { sharedBrowser } from '../support/browser/browser-shared'
import { connectAs } from '../support/clients/claude'
import { hostedClaude } from '../support/clients/claude-clients'
import { type Operator, signIn } from '../support/people/operator'
import { approve } from '../support/people/operator-consent'
import { untilHandshake, untilHandshakes } from '../support/people/operator-handshakes'
import { startPortico } from '../support/server/portico'
import { admin, type Portico } from '../support/server/portico-process'

/** From the token to the verdict at most. */
const verdictWithinMs = 16_000

let portico: Portico
let browser: Browser
let visitor: Visitor
let operator: Operator

/** Hosted Claude behind an edge, which leaves its mark on what it lets through. */
const behindEdge = {
  ...hostedClaude,
  discoveryHeaders: { ...hostedClaude.discoveryHeaders, 'cf-ray': '9a1b2c3d4e5f6789-IAD' },
}

beforeAll(async () => {
  const env = { PORTICO_PROXY_HOPS: '1' }
  ;[portico, browser] = await Promise.all([startPortico({ env }), sharedBrowser()])
  visitor = await visit(browser)
  await visitor.page.goto(`${portico.origin}/sign-in`)
  await signInAs(visitor.page, admin.email, admin.password)
  operator = await signIn(portico.origin)
})

const awaitsCall = ({ stage }: HandshakeRow) => stage === 'first-mcp-request'

test('a token that nobody uses is named with its cause in time, and forgiven without a reload', async () => {
  const { page } = visitor
  await page.goto(`${portico.origin}/admin/handshakes`)
  await page.getByRole('status').getByText('Live').waitFor()

  let goOn = () => {}
  const beforeMcp = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const person = (url: URL) => approve(operator, url)
  const connection = connectAs(behindEdge, `${portico.origin}/mcp`, person, 0, { beforeMcp })
  const rows = await untilHandshakes(operator, (all) => all.some(awaitsCall))
  const waiting = rows.find(awaitsCall)
  const { stages } = await untilHandshake(operator, waiting?.id ?? '')
  const tokenAt = Date.parse(stages.find(({ id }) => id === 'token-issued')?.at ?? '')

  const row = page.getByRole('row').filter({ hasText: 'First MCP request' })
  await row.getByText(/^due in \d+ s$/).waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/admin/handshakes/${waiting?.id}`)
  await page.evaluate(() => Object.assign(window, { kept: true }))
  await page.getByRole('heading', { name: /^Waiting for: First MCP request/ }).waitFor()
  await page
    .locator('#step-first-mcp-request')
    .getByText(/^due in \d+ s$/)
    .waitFor()

  const timeout = tokenAt + verdictWithinMs - Date.now()
  const verdict = page.getByRole('heading', { name: /^Token issued, no request to \/mcp/ })
  await verdict.waitFor({ timeout })
  const cause = page.getByRole('heading', { level: 2 }).first()
  expect(await cause.textContent()).toMatch(/blocks|Claude-User/)
  await page.getByText('edge-blocks-claude-user').first().waitFor()
  await page
    .locator('#step-first-mcp-request')
    .getByText(/^missing for/)
    .waitFor()

  goOn()
  await connection
  await page.getByRole('heading', { name: /^Claude connected/ }).waitFor({ timeout: 10_000 })
  await page.locator('#step-tools-listed').getByText('done').waitFor({ state: 'attached' })
  await vi.waitFor(async () =>
    expect(await page.getByText('edge-blocks-claude-user').count()).toBe(0),
  )
  expect(await page.evaluate(() => 'kept' in window)).toBe(true)
  expect(visitor.faults()).toEqual([])
})

test('the steps are walked and opened, and the report copied, by keyboard', async () => {
  const { page } = visitor
  await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('o')
  const step = page.locator('#step-resource-metadata')
  await step.getByText('Request id').waitFor()
  await page.keyboard.press('k')
  const focused = await page.evaluate(() => document.activeElement?.textContent)
  expect(focused).toContain('Challenge')
  await page.keyboard.press('c')
  await page.getByRole('status').getByText('Copied report').waitFor({ state: 'attached' })
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('# Connected')
  await page.keyboard.press('?')
  await page.getByRole('dialog').getByText('Copy the report').waitFor()
  await page.keyboard.press('Escape')
  expect(visitor.faults()).toEqual([])
})
