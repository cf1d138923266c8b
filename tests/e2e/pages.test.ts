import { mkdirSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.mjs'
import { accessibilityFaults, signInAs, visit } from '../support/browser-pages'
import { connectAs } from '../support/claude'
import { clientScripts } from '../support/claude-clients'
import { operatorOf } from '../support/operator'
import { approve } from '../support/operator-consent'
import { startPortico } from '../support/portico'
import { admin, type Portico } from '../support/portico-process'

/** Where the pages are kept as pictures when somebody wants to look; nothing is written otherwise. */
const pictures = process.env.PORTICO_PICTURES

let portico: Portico
let browser: Browser

beforeAll(async () => {
  const env = { PORTICO_PROXY_HOPS: '1' }
  ;[portico, browser] = await Promise.all([startPortico({ env }), launchBrowser()])
  const operator = await operatorOf(portico.origin)
  for (const script of clientScripts.slice(0, 4)) {
    await connectAs(script, `${portico.origin}/mcp`, (url) => approve(operator, url))
  }
  if (pictures) mkdirSync(pictures, { recursive: true })
})
afterAll(() => browser?.close())

const paths = [
  '',
  '/connections',
  '/clients',
  '/tokens',
  '/sessions',
  '/log',
  '/self-check',
  '/alerts',
]

describe.each([
  { width: 1440, dark: false },
  { width: 1440, dark: true },
  { width: 390, dark: false },
  { width: 390, dark: true },
])('at $width px, dark: $dark', ({ width, dark }) => {
  test('every page of the dashboard is without a fault', async () => {
    const { page, faults } = await visit(browser, { width, dark })
    await page.goto(`${portico.origin}/sign-in`)
    const found: string[] = (await accessibilityFaults(page)).map((fault) => `/sign-in ${fault}`)
    await signInAs(page, admin.email, admin.password)
    for (const path of paths) {
      await page.goto(`${portico.origin}/admin${path}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      found.push(...(await accessibilityFaults(page)).map((fault) => `/admin${path} ${fault}`))
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      if (overflow > 0) found.push(`/admin${path} is ${overflow} px too wide`)
      const name = `${path.slice(1) || 'overview'}-${dark ? 'dark' : 'light'}-${width}.png`
      if (pictures) await page.screenshot({ path: `${pictures}/${name}` })
    }
    expect(found).toEqual([])
    expect(faults()).toEqual([])
  })
})
