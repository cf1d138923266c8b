import type { Browser, Page } from 'playwright-core'
import { beforeAll, expect, test, vi } from 'vitest'
import type { HandshakeRow } from '@/lib/admin/handshakes/views'
import { signInAs, visit } from '../support/browser/browser-pages'
import { sharedBrowser } from '../support/browser/browser-shared'
import { type Connected, connectAs } from '../support/clients/claude'
import { clientScripts, hostedClaude } from '../support/clients/claude-clients'
import { changeStored, storedRows } from '../support/database/oauth-database'
import { newBrowser, type Operator, signIn } from '../support/people/operator'
import { answer, approve } from '../support/people/operator-consent'
import { untilHandshakes } from '../support/people/operator-handshakes'
import { personOf, storedPeople } from '../support/people/people'
import { startPortico } from '../support/server/portico'
import { admin, type Portico } from '../support/server/portico-process'

// the server is started three times
vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 })

const env = { PORTICO_PROXY_HOPS: '1' }

let portico: Portico
let browser: Browser
let operator: Operator
let connected: Connected
let rows: readonly HandshakeRow[]
let link: string

const idOf = (kind: HandshakeRow['verdict']['kind']) =>
  rows.find(({ verdict, userId }) => verdict.kind === kind && userId !== null)?.id ?? `no ${kind}`

/** One attempt of each kind that ends: connected, denied, and stalled after the token. */
async function leaveAttempts(): Promise<void> {
  const mcpUrl = `${portico.origin}/mcp`
  const person = (url: URL) => approve(operator, url)
  connected = await connectAs(hostedClaude, mcpUrl, person)
  for (const script of clientScripts.slice(1, 4)) await connectAs(script, mcpUrl, person)
  const denying = (url: URL) => answer(operator, url, 'deny')
  await connectAs({ ...hostedClaude, name: 'denied' }, mcpUrl, denying).catch(() => undefined)
  const never = new Promise<void>(() => {})
  void connectAs(hostedClaude, mcpUrl, person, 0, { beforeMcp: never })
}

beforeAll(async () => {
  const stored = await storedPeople('viewer')
  ;[portico, browser] = await Promise.all([startPortico({ env, stored }), sharedBrowser()])
  operator = await signIn(portico.origin)
  await leaveAttempts()
  const areAll = (all: readonly HandshakeRow[]) =>
    ['connected', 'refused-by-operator', 'stalled'].every((kind) =>
      all.some(({ verdict, userId }) => verdict.kind === kind && userId !== null),
    )
  rows = await untilHandshakes(operator, areAll, {}, 40_000)
})

async function signedIn(page: Page, email: string): Promise<void> {
  await page.goto(`${portico.origin}/sign-in`)
  await signInAs(page, email, admin.password)
}

test('an operator makes a link, which shows a stranger nothing that tells who it was', async () => {
  const { page, faults } = await visit(browser)
  await signedIn(page, admin.email)
  const id = idOf('connected')
  await page.goto(`${portico.origin}/admin/handshakes/${id}`)
  await page.getByRole('button', { name: 'Share' }).click()
  await page.getByRole('dialog').getByLabel('The link works for').selectOption('30 days')
  await page.getByRole('button', { name: 'Make link' }).click()
  link = (await page.getByRole('dialog').getByText('/shared/psh_').textContent()) ?? ''
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { name: 'Shared by link' }).waitFor()

  const response = await newBrowser(portico.origin).open(link)
  const html = await response.text()
  expect(response.status).toBe(200)
  expect(html).toMatch(/<meta name="robots" content="noindex/)
  expect(response.headers.get('content-security-policy')).toContain("script-src 'self' 'nonce-")
  expect(response.headers.get('referrer-policy')).toBe('no-referrer')
  expect(response.headers.get('cache-control')).toContain('no-store')
  const row = rows.find((one) => one.id === id)
  const told = [
    admin.email,
    row?.grantId,
    row?.interactionId,
    row?.clientId,
    row?.userId,
    ...connected.wire.sent.flatMap(({ address }) => (address ? [`${address}`] : [])),
    ...connected.wire.secrets,
  ]
  // an address is no leak where it is the beginning of its network
  const leaks = told.filter(
    (one) => one && html.split(one).some((rest, at) => at > 0 && !/^[\d/]/.test(rest)),
  )
  expect(leaks).toEqual([])
  expect(html).toContain('160.79.106.0/24')
  expect(faults()).toEqual([])
})

test('a viewer reads and exports, and shares nothing', async () => {
  const { page, faults } = await visit(browser)
  await signedIn(page, personOf('viewer').email)
  await page.goto(`${portico.origin}/admin/handshakes/${idOf('connected')}`)
  await page.getByRole('heading', { name: 'Shared by link' }).waitFor()
  await page.getByRole('button', { name: 'Export' }).waitFor()
  for (const name of ['Share', /^Withdraw/]) {
    expect(await page.getByRole('button', { name }).count()).toBe(0)
  }
  expect(faults()).toEqual([])
})

test('a link opens nothing once it is withdrawn or has expired', async () => {
  const { page, faults } = await visit(browser)
  await signedIn(page, admin.email)
  await page.goto(`${portico.origin}/admin/handshakes/${idOf('connected')}`)
  await page.getByRole('button', { name: /^Withdraw/ }).click()
  await page.getByText('The link no longer works').first().waitFor()
  await page.getByRole('heading', { name: 'Shared by link' }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Share' }).click()
  await page.getByRole('button', { name: 'Make link' }).click()
  const second = (await page.getByRole('dialog').getByText('/shared/psh_').textContent()) ?? ''
  expect(faults()).toEqual([])

  const stranger = newBrowser(portico.origin)
  const statusOf = async (href: string) => (await stranger.open(href)).status
  expect(await statusOf(link)).toBe(404)
  expect(await statusOf(second)).toBe(200)
  const expire = `update "HandshakeShare" set "expiresAt" = now() - interval '1 minute'`
  portico = await changeStored(portico, [expire], env)
  expect(await statusOf(second)).toBe(404)
  expect(await statusOf(`${second}x`)).toBe(404)
  expect(await (await stranger.open(second)).text()).toContain('This link has ended')

  await portico.stop()
  const stored = await storedRows(portico)
  for (const action of ['share.created', 'share.withdrawn']) {
    expect(stored.get('AuditEntry')).toContain(action)
  }
  const tokens = [link, second].map((href) => href.slice(href.lastIndexOf('/') + 1))
  const leaks = [...stored].filter(([, text]) => tokens.some((token) => text.includes(token)))
  expect(leaks.map(([table]) => table)).toEqual([])
})
