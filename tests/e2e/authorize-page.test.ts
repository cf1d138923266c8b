import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  accessibilityFaults,
  looksFaults,
  picture,
  signInAs,
  visit,
  widthFaults,
} from '../support/browser/browser-pages'
import { sharedBrowser } from '../support/browser/browser-shared'
import { type CallbackPage, openCallbackPage } from '../support/oauth/callback-page'
import { authorizationUrl, newPkce, register } from '../support/oauth/oauth'
import { startPortico } from '../support/server/portico'
import { admin, type Portico } from '../support/server/portico-process'
import { verifies } from '../support/sources/verifies'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

const { challenge } = newPkce()

let portico: Portico
let browser: Browser
let callback: CallbackPage

beforeAll(async () => {
  ;[portico, browser, callback] = await Promise.all([
    startPortico(),
    sharedBrowser(),
    openCallbackPage(),
  ])
})

afterAll(() => callback.close())

async function faultyUrl(redirectUri: string): Promise<string> {
  const client = await register(portico.origin, { redirect_uris: [redirectUri] })
  return authorizationUrl(portico.origin, client, challenge, { response_type: 'x', state: 's1' })
    .href
}

describe('the page of an error that is not sent on by itself', () => {
  test.each([
    ['a host', 'https://a-host-that-nobody-here-has-ever-connected-with.evil.example/phish'],
    ['an app', 'com.example.an-app-with-a-name-that-is-rather-long-for-a-telephone:/callback'],
  ])(verifies(['A12'], 'reads well at every size, with %s first and large'), async (name, uri) => {
    const url = await faultyUrl(uri)
    const { context, page, faults } = await visit(browser)
    await page.goto(url)
    const first = page.locator('main > :first-child strong')
    expect(await first.textContent()).toMatch(/evil\.example$|^the app that handles com\.example/)
    const sizeOf = (css: string) =>
      page.locator(css).evaluate((one) => Number.parseFloat(getComputedStyle(one).fontSize))
    expect(await sizeOf('main > :first-child strong')).toBeGreaterThan(await sizeOf('h1'))
    expect(await looksFaults(page, `authorize-error-${name.replace(/\W/g, '-')}`)).toEqual([])
    // the answer to a fault is a fault to a browser
    expect(faults().filter((fault) => !/status of 400/.test(fault))).toEqual([])
    await context.close()
  })

  test(verifies(['A12', 'A22'], 'goes nowhere by itself, and on by a click'), async () => {
    const { context, page } = await visit(browser)
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).origin))
    await page.goto(await faultyUrl(callback.url))
    await page.waitForTimeout(1500)
    expect(new Set(asked)).toEqual(new Set([portico.origin]))
    await page.getByRole('link', { name: `Go back to ${new URL(callback.url).host}` }).click()
    await page.waitForURL(`${callback.url}?**`)
    const { searchParams } = new URL(page.url())
    expect(Object.fromEntries(searchParams)).toMatchObject({
      error: 'unsupported_response_type',
      state: 's1',
      iss: portico.origin,
    })
    await context.close()
  })
})

describe('the consent page', () => {
  test.each([
    ['claude.ai://auth', 'the app that handles claude.ai:'],
    ['com.evil.app://claude.ai/callback', 'the app that handles com.evil.app:'],
    ['https://xn--80ak6aa92e.com/cb', 'xn--80ak6aa92e.com'],
  ])(verifies(['A17'], 'of %s says that the answer goes to %s'), async (uri, place) => {
    const shown = 'Claude” is ve\u0336\u0336\u0336rified "by" \\ \u05e9\u05dc\u05d5\u05dd'
    const odd = `Claude” is\u202e ve${'\u0336'.repeat(20)}r\u3164ified\u2800 "by" \\ \u05e9\u05dc\u05d5\u05dd`
    const client = await register(portico.origin, { client_name: odd, redirect_uris: [uri] })
    const { href } = authorizationUrl(portico.origin, client, challenge)
    // each theme in a window of its own: a page that changes it has the colours of neither
    for (const options of [{ width: 1440 }, { width: 390, dark: true }]) {
      const { context, page, faults } = await visit(browser, options)
      await page.goto(href)
      await signInAs(page, admin.email, admin.password)
      await page.waitForLoadState('networkidle')
      expect(await page.locator('form strong').first().textContent()).toBe(place)
      expect(await page.getByText('any app there can claim its address').count()).toBe(
        place.startsWith('the app') ? 1 : 0,
      )
      // what can be seen stands there as it is, and apart from the sentence around it
      expect(await page.locator('form bdi').first().textContent()).toBe(shown)
      expect(await accessibilityFaults(page)).toEqual([])
      expect(await widthFaults(page)).toEqual([])
      await picture(page, `consent-odd-${place.replace(/\W+/g, '-')}-${options.width}`)
      expect(faults()).toEqual([])
      await context.close()
    }
  })
})
