import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.mjs'
import { accessibilityFaults, signInAs, visit } from '../support/browser-pages'
import { type FaultyProxy, faults, startFaultyProxy } from '../support/faulty-proxy'
import { startPortico } from '../support/portico'
import { admin } from '../support/portico-process'

/** Where the page is kept as pictures when somebody wants to look; nothing is written otherwise. */
const pictures = process.env.PORTICO_PICTURES

let proxy: FaultyProxy
let browser: Browser

beforeAll(async () => {
  proxy = await startFaultyProxy()
  const env = { PORTICO_URL: proxy.origin, PORTICO_PROXY_HOPS: '1' }
  const [portico, launched] = await Promise.all([startPortico({ env }), launchBrowser()])
  proxy.target = portico.origin
  browser = launched
})
afterAll(async () => {
  await browser?.close()
  await proxy.close()
})

test.each([
  { width: 1440, dark: false },
  { width: 1440, dark: true },
  { width: 390, dark: false },
  { width: 390, dark: true },
])(
  'a block that is turned on is found, and gone when it is off, at $width px, dark: $dark',
  async ({ width, dark }) => {
    const { context, page, faults: broken } = await visit(browser, { width, dark })
    proxy.fault = {}
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
    expect(await accessibilityFaults(page)).toEqual([])
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBe(0)
    if (pictures) {
      const path = `${pictures}/self-check-finding-${dark ? 'dark' : 'light'}-${width}.png`
      await page.screenshot({ path, fullPage: true })
    }

    proxy.fault = {}
    await page.getByRole('button', { name: 'Check again' }).click()
    await finding.waitFor({ state: 'detached' })
    await page.getByText('Every document and every challenge is served').waitFor()
    expect(broken()).toEqual([])
    await context.close()
  },
)
