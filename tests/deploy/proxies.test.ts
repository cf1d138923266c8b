import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { buildIfNeeded } from '@/lib/cli/build.mjs'
import { signInAs, type Visitor, visit } from '../support/browser/browser-pages'
import { closeBrowsers, sharedBrowser } from '../support/browser/browser-shared'
import { fixturePreload } from '../support/mcp/conformance-fixture'
import { callInSession, openSession, openStream } from '../support/mcp/mcp-session'
import {
  type ReverseProxy,
  type Sample,
  startReverseProxy,
} from '../support/network/reverse-proxies'
import { connect } from '../support/oauth/oauth-tokens'
import { admin, cleanUp, launch, type Portico } from '../support/server/portico-process'
import { tryThrough } from '../support/server/try-through'

/**
 * Portico behind each reverse proxy of the guide: with the shortest configuration that a person
 * would write, and with the one that the guide recommends, with TLS.
 */

type Case = Sample & {
  readonly title: string
  /** what is set, and what Portico says of it on its console */
  readonly hops: number
  readonly says: RegExp | null
}

const plain = { hops: 0, isSecure: false }
const secure = { hops: 1, isSecure: true, says: null }
const appends = /proxies: requests come through at least 1 proxy.* set PORTICO_PROXY_HOPS=1\b/
const hides =
  /proxies: a proxy in front does not pass on the client’s address.* set PORTICO_PROXY_HOPS=1\b/

const cases: readonly Case[] = [
  {
    ...{ title: 'nginx, shortest', program: 'nginx', file: 'nginx-shortest.conf' },
    ...{ ...plain, says: hides },
  },
  {
    ...{ title: 'Apache, shortest', program: 'apache2', file: 'apache-shortest.conf' },
    ...{ ...plain, says: appends },
  },
  {
    ...{ title: 'Caddy, shortest', program: 'caddy', file: 'Caddyfile' },
    ...{ ...plain, says: appends },
  },
  {
    // it passes on all as it came, and without TLS nothing but what clients say shows that it is there
    ...{ title: 'HAProxy, shortest', program: 'haproxy', file: 'haproxy-shortest.cfg' },
    ...{ ...plain, says: /proxies: a request carried X-Forwarded-For.* set PORTICO_PROXY_HOPS=1/ },
  },
  { title: 'nginx', program: 'nginx', file: 'nginx.conf', ...secure },
  { title: 'Apache', program: 'apache2', file: 'apache.conf', ...secure },
  { title: 'Caddy', program: 'caddy', file: 'Caddyfile', ...secure },
  { title: 'HAProxy', program: 'haproxy', file: 'haproxy.cfg', ...secure },
]

let browser: Browser
let proxy: ReverseProxy
let portico: Portico

beforeAll(async () => {
  await buildIfNeeded()
  browser = await sharedBrowser()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await closeBrowsers()
  await portico?.stop()
  await proxy?.stop()
})
afterAll(async () => {
  await cleanUp()
  await browser.close()
})

async function start(sample: Case): Promise<void> {
  proxy = await startReverseProxy(sample)
  // what this test asks by itself is asked on loopback, of a certificate that was made for it
  if (sample.isSecure) vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
  portico = await launch({
    port: proxy.upstreamPort,
    preload: fixturePreload,
    env: {
      PORTICO_URL: proxy.origin,
      PORTICO_PROXY_HOPS: String(sample.hops),
      NODE_EXTRA_CA_CERTS: proxy.certificate,
      NODE_TLS_REJECT_UNAUTHORIZED: '1',
    },
  })
  // one that looks whether Portico is well has to look again
  await expect
    .poll(async () => (await fetch(`${proxy.origin}/readyz`)).status, { timeout: 30_000 })
    .toBe(200)
}

/** Knocks at a path that nothing serves, so that the log has an event of it. */
async function knock(headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const path = `/${randomUUID()}`
  expect((await fetch(`${proxy.origin}${path}`, { headers })).status).toBe(404)
  return path
}

const open = (page: Page, path: string) => page.goto(`${proxy.origin}${path}`)

async function signIn({ page, context }: Visitor, isSecure: boolean): Promise<void> {
  await open(page, '/admin')
  await signInAs(page, admin.email, admin.password)
  const cookies = await context.cookies()
  const session = cookies.find(({ name }) => name.endsWith('next-auth.session-token'))
  expect(session?.secure).toBe(isSecure)
}

async function saveSettings({ page }: Visitor): Promise<void> {
  await open(page, '/admin/settings')
  await page.getByLabel('Server name').fill('Behind a proxy')
  await page.getByRole('button', { name: 'Save settings' }).click()
  await page.getByText(/^Saved/).waitFor()
}

/** What happens is shown while the page is open, and can be taken along. */
async function watchLog({ page }: Visitor): Promise<void> {
  await open(page, '/admin/log')
  await page.getByRole('status').getByText('Live', { exact: true }).waitFor()
  const path = await knock({ 'x-forwarded-for': '203.0.113.9' })
  await page.getByText(path).first().waitFor()
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export as NDJSON' }).click()
  const lines = readFileSync(await (await download).path(), 'utf8')
    .trim()
    .split('\n')
  const rows = lines.map((line) => JSON.parse(line) as Record<string, string>)
  const row = rows.find((one) => one.path === path)
  // whatever a client makes up, it is known by the address that the proxy saw
  expect(row?.address).toMatch(/^(127\.0\.0\.1|::1)$/)
}

/** A client of MCP connects with a person's consent, and calls tools. */
async function approve({ context }: Visitor): Promise<void> {
  const client = await tryThrough(proxy.origin, proxy.certificate)
  const page = await context.newPage()
  await page.goto(client.authorizeUrl)
  await page.getByRole('button', { name: 'Allow' }).click()
  await page.waitForURL(/127\.0\.0\.1:\d+\/callback/)
  const { code, output } = await client.ended
  expect(output).toContain('server_status')
  expect(code).toBe(0)
  await page.close()
}

/** A stream of the MCP endpoint delivers a message while it is open. */
async function listen(): Promise<void> {
  const { tokens } = await connect(proxy.origin)
  const mcpUrl = `${proxy.origin}/mcp`
  const session = await openSession(mcpUrl, tokens.access_token)
  const stream = await openStream(mcpUrl, session, { method: 'GET' })
  expect(stream.status).toBe(200)
  const change = stream.until(({ method }) => method === 'notifications/tools/list_changed')
  expect((await callInSession(mcpUrl, session, 'test_trigger_tool_change')).status).toBe(200)
  await change
  stream.drop()
}

async function signOut({ page }: Visitor): Promise<void> {
  await open(page, '/admin')
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.waitForURL(/\/sign-in/)
  await open(page, '/admin')
  await page.waitForURL(`${proxy.origin}/sign-in?**`)
}

describe.each(cases)('$title', (sample) => {
  test('lets forms, streams, cookies, exports and clients through', async () => {
    await start(sample)
    const visitor = await visit(browser, { trustsAll: sample.isSecure })
    await signIn(visitor, sample.isSecure)
    await saveSettings(visitor)
    await watchLog(visitor)
    await approve(visitor)
    await listen()
    await signOut(visitor)
    expect(visitor.faults()).toEqual([])
    if (sample.says) await expect.poll(portico.output, { timeout: 15_000 }).toMatch(sample.says)
    else expect(portico.output()).not.toContain('PORTICO_PROXY_HOPS')
    expect(portico.output()).not.toMatch(/Invalid Server Actions|failed to get redirect/)
  })
})
