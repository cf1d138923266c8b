import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { accessibilityFaults, signInAs, visit, widthFaults } from '../support/browser/browser-pages'
import { sharedBrowser } from '../support/browser/browser-shared'
import { authorizationUrl, newPkce, postForm, register } from '../support/oauth/oauth'
import { startPortico } from '../support/server/portico'
import { admin, type Portico } from '../support/server/portico-process'
import { verifies } from '../support/sources/verifies'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

let portico: Portico
let browser: Browser
let person: BrowserContext

beforeAll(async () => {
  ;[portico, browser] = await Promise.all([startPortico(), sharedBrowser()])
  const visitor = await visit(browser)
  await visitor.page.goto(`${portico.origin}/sign-in`)
  await signInAs(visitor.page, admin.email, admin.password)
  person = visitor.context
})

/** The person, in a window of its own. */
async function windowOf(javaScriptEnabled: boolean): Promise<Page> {
  const storageState = await person.storageState()
  const context = await browser.newContext({ javaScriptEnabled, storageState })
  return context.newPage()
}

/** A client's listener on the person's machine, which notes what comes. */
async function listen(port = 0): Promise<{ url: string; codes: string[]; server: Server }> {
  const codes: string[] = []
  const server = createServer(({ url = '' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://localhost')
    if (pathname === '/callback') codes.push(searchParams.get('code') ?? '')
    response.setHeader('content-type', 'text/plain').end('You may close this page.')
  })
  await once(server.listen(port, '127.0.0.1'), 'listening')
  const { port: taken } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${taken}/callback`, codes, server }
}

async function asking(redirectUri: string) {
  const client = await register(portico.origin, { redirect_uris: [redirectUri] })
  const { verifier, challenge } = newPkce()
  const { href } = authorizationUrl(portico.origin, client, challenge, { state: 'here' })
  const exchange = async (code = '') => {
    const fields = { grant_type: 'authorization_code', client_id: client.client_id }
    const proof = { redirect_uri: redirectUri, code, code_verifier: verifier }
    return (await postForm(`${portico.origin}/token`, { ...fields, ...proof })).status
  }
  return { href, exchange }
}

const allowIn = (page: Page) => page.getByRole('button', { name: 'Allow' })

/** Presses twice with so many milliseconds between, wherever the page has got to by then. */
async function pressTwice(page: Page, delay: number): Promise<void> {
  await allowIn(page).scrollIntoViewIfNeeded()
  const box = await allowIn(page).boundingBox()
  if (!box) throw new Error('there is no button')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.click(x, y)
  await page.waitForTimeout(delay)
  await page.mouse.click(x, y)
}

describe('Allow, pressed twice', () => {
  const delays = [60, 90, 120, 150, 180, 210, 250]
  const ways = [
    ['with', true],
    ['without', false],
  ] as const
  test.each(ways)(verifies(['A19'], '%s script loses no connection'), async (_with, script) => {
    const { url, codes, server } = await listen()
    for (const delay of delays) {
      codes.length = 0
      const { href, exchange } = await asking(url)
      const page = await windowOf(script)
      await page.goto(href)
      await pressTwice(page, delay)
      await expect.poll(() => codes.length, { timeout: 15_000 }).toBeGreaterThan(0)
      await page.getByText('You may close this page.').waitFor()
      expect(new Set(codes).size).toBe(1)
      expect(await exchange(codes[0])).toBe(200)
      await page.context().close()
    }
    server.close()
  })
})

describe('a program that does not listen', () => {
  test(verifies(['A19'], 'is named on the way back, and gets the answer after all'), async () => {
    const gone = await listen()
    gone.server.close()
    const { port } = new URL(gone.url)
    const { href, exchange } = await asking(gone.url)
    const page = await windowOf(true)
    await page.goto(href)
    const refused = page.waitForEvent('requestfailed', (one) => one.url().startsWith(gone.url))
    await allowIn(page).click()
    const first = new URL((await refused).url()).searchParams
    await page.waitForURL(/^chrome-error:/)
    await page.goBack()
    await page.getByText(`127.0.0.1:${port}`).waitFor()
    await page.reload()
    await page.getByText(`127.0.0.1:${port}`).waitFor()
    expect(await allowIn(page).count()).toBe(0)
    expect(await accessibilityFaults(page)).toEqual([])
    const back = await listen(Number(port))
    await page.getByRole('link', { name: 'Send it again' }).click()
    await page.waitForURL(`${gone.url}?**`)
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual(Object.fromEntries(first))
    expect(await exchange(back.codes[0])).toBe(200)
    await page.goBack()
    await page.getByRole('heading', { name: 'The app is connected' }).waitFor()
    back.server.close()
    await page.context().close()
  })
})

describe('an app that the browser does not open', () => {
  const uri = 'cursor://anysphere.cursor-mcp/oauth/callback'

  /** Where the browser was led outside of the web, in order. */
  function handedOver(page: Page): string[] {
    const urls: string[] = []
    page.on('request', (request) => {
      if (request.url().startsWith('cursor:')) urls.push(request.url())
    })
    return urls
  }

  test(verifies(['A19'], 'leaves a page that says so and opens it again'), async () => {
    const { href, exchange } = await asking(uri)
    const page = await windowOf(true)
    await page.setViewportSize({ width: 320, height: 700 })
    const opened = handedOver(page)
    await page.goto(href)
    await page.waitForLoadState('networkidle')
    await allowIn(page).click()
    await page.getByText('Your answer goes to the app that handles cursor:').waitFor()
    const again = page.getByRole('link', { name: 'Send it again' })
    await again.waitFor()
    expect(await allowIn(page).isDisabled()).toBe(true)
    expect(await widthFaults(page)).toEqual([])
    // the browser's own question whether to open the app keeps the mouse from the page
    await again.dispatchEvent('click')
    await expect.poll(() => opened.length).toBe(2)
    expect(new Set(opened).size).toBe(1)
    expect(await exchange(new URL(opened[1] ?? '').searchParams.get('code') ?? '')).toBe(200)
    await page.context().close()
  })

  test(verifies(['A19'], 'leaves such a page without script, too'), async () => {
    const { href, exchange } = await asking(uri)
    const page = await windowOf(false)
    const opened = handedOver(page)
    await page.goto(href)
    await allowIn(page).click()
    await page.getByText('the app that handles cursor:').waitFor()
    await page.getByRole('link', { name: 'Open the app' }).waitFor()
    await expect.poll(() => opened.length).toBe(1)
    expect(await exchange(new URL(opened[0] ?? '').searchParams.get('code') ?? '')).toBe(200)
    await page.context().close()
  })
})
