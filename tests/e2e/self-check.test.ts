import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { looksFaults, signInAs, visit } from '../support/browser/browser-pages'
import { sharedBrowser } from '../support/browser/browser-shared'
import { type FaultyProxy, faults, startFaultyProxy } from '../support/network/faulty-proxy'
import { startPortico } from '../support/server/portico'
import { admin } from '../support/server/portico-process'

let proxy: FaultyProxy
let browser: Browser

beforeAll(async () => {
  proxy = await startFaultyProxy()
  const env = { PORTICO_URL: proxy.origin, PORTICO_PROXY_HOPS: '1' }
  const [portico, launched] = await Promise.all([startPortico({ env }), sharedBrowser()])
  proxy.target = portico.origin
  browser = launched
})
afterAll(() => proxy.close())

test('a block that is turned on is found, and gone when it is off', async () => {
  const { page, faults: broken } = await visit(browser)
  await page.goto(`${proxy.origin}/sign-in?next=%2Fadmin%2Fself-check`)
  await signInAs(page, admin.email, admin.password)
  await page.getByRole('heading', { level: 1, name: 'Self-check' }).waitFor()

  proxy.fault = faults.blocksClaudeUser
  await page.getByRole('button', { name: 'Check again' }).click()
  const finding = page.getByRole('heading', { name: /Cloudflare blocks “Claude-User”/ })
  await finding.waitFor()
  const headings = page.getByRole('main').getByRole('heading', { level: 2 })
  expect(await headings.first().textContent()).toBe(await finding.textContent())
  expect(await page.getByRole('row', { name: /wrong:.*Claude-User/ }).count()).toBe(1)
  expect(await looksFaults(page, 'self-check-finding')).toEqual([])

  proxy.fault = {}
  await page.getByRole('button', { name: 'Check again' }).click()
  await finding.waitFor({ state: 'detached' })
  await page.getByText('Every document and every challenge is served').waitFor()
  expect(broken()).toEqual([])
})
