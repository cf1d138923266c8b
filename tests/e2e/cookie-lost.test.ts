import { isDeepStrictEqual } from 'node:util'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { CookieLoss } from '@/lib/reasons'
import { findBrowser } from '../support/browser/browser.mjs'
import { looksFaults, visit } from '../support/browser/browser-pages'
import { sharedBrowser } from '../support/browser/browser-shared'
import { type FaultyProxy, startFaultyProxy } from '../support/network/faulty-proxy'
import { type OpenIdProvider, startOpenIdProvider } from '../support/oauth/openid-provider'
import { operatorOf } from '../support/people/operator'
import { reasonOf, untilLogged } from '../support/people/operator-log'
import { startPortico } from '../support/server/portico'
import { admin, type Portico } from '../support/server/portico-process'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

/** Presses "Sign in", whatever comes of it. */
async function tryToSignIn(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.getByLabel('Email').fill(admin.email)
  await page.getByLabel('Password').fill(admin.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

const lost = (portico: Portico, because: CookieLoss) =>
  operatorOf(portico.origin).then((operator) =>
    untilLogged(operator, { event: 'cookie.lost' }, (rows) =>
      rows.some((row) => isDeepStrictEqual(reasonOf(row), { kind: 'cookie-lost', because })),
    ),
  )

describe('a server of an https address that is opened over http in the same network', () => {
  const own = 'https://portico.example'
  let portico: Portico
  let lan: Browser

  beforeAll(async () => {
    portico = await startPortico({ env: { PORTICO_URL: own } })
    const args = ['--no-sandbox', '--host-resolver-rules=MAP server.lan 127.0.0.1']
    lan = await chromium.launch({ executablePath: findBrowser() ?? '', args })
  })
  afterAll(() => lan.close())

  test('says so, with its right address, where the form came back empty', async () => {
    const { port } = new URL(portico.origin)
    const { page, context } = await visit(lan)
    const url = `http://server.lan:${port}/sign-in?next=/account`
    await page.goto(url)
    expect(await page.getByText('You are not signed in').count()).toBe(0)
    await tryToSignIn(page, url)
    await page.getByText('this page came over http').waitFor()
    expect(new URL(page.url()).host).toBe(`server.lan:${port}`)
    const link = page.getByRole('link', { name: own })
    expect(await link.getAttribute('href')).toBe(`${own}/sign-in?next=%2Faccount`)
    expect(await looksFaults(page, 'sign-in-cookie-scheme')).toEqual([])
    await lost(portico, 'scheme')
    await context.close()
  })

  test('says so also to a browser that kept cookies of the time before https', async () => {
    const { port } = new URL(portico.origin)
    const { page, context } = await visit(lan)
    const site = `http://server.lan:${port}`
    await context.addCookies([{ name: 'next-auth.csrf-token', value: 'old%7Cold', url: site }])
    await tryToSignIn(page, `${site}/sign-in?next=/account`)
    await page.getByText('this page came over http').waitFor()
    await context.close()
  })
})

describe('a browser, or a proxy, that drops cookies', () => {
  let portico: Portico
  let proxy: FaultyProxy
  let browser: Browser
  let provider: OpenIdProvider

  beforeAll(async () => {
    ;[proxy, provider] = await Promise.all([startFaultyProxy(), startOpenIdProvider()])
    provider.person = { sub: 'ada', email: admin.email, email_verified: true }
    const env = {
      PORTICO_URL: proxy.origin,
      PORTICO_OIDC_ISSUER: provider.issuer,
      PORTICO_OIDC_ID: provider.client.id,
      PORTICO_OIDC_SECRET: provider.client.secret,
    }
    portico = await startPortico({ env })
    proxy.target = portico.origin
    browser = await sharedBrowser()
  })
  afterAll(() => Promise.all([proxy.close(), provider.close()]))

  const drops = (name: RegExp): void => {
    proxy.fault = {
      response: (headers) => {
        const kept = headers['set-cookie']?.filter((cookie) => !name.test(cookie))
        if (kept?.length) headers['set-cookie'] = kept
        else delete headers['set-cookie']
      },
    }
  }

  test.each([
    ['every cookie', /./],
    ['that of the session alone', /session-token/],
  ])('of %s is told that it does', async (_what, name) => {
    drops(name)
    const { page, context } = await visit(browser)
    await tryToSignIn(page, `${proxy.origin}/sign-in?next=/account`)
    await page.getByText('your browser did not keep the cookie').waitFor()
    const again = page.getByRole('button', { name: 'Sign in' })
    // once the page's script runs
    await expect.poll(() => again.isEnabled()).toBe(true)
    await lost(portico, 'blocked')
    await context.close()
  })

  test('is told of it also by somebody whom another provider lets in', async () => {
    drops(/session-token/)
    const { page, context } = await visit(browser)
    await page.goto(`${proxy.origin}/sign-in?next=/account`)
    const before = (await lost(portico, 'blocked')).length
    await page.getByRole('button', { name: 'Continue with single sign-on' }).click()
    await page.getByText('your browser did not keep the cookie').waitFor()
    expect(new URL(page.url()).searchParams.get('next')).toBe('/account')
    const operator = await operatorOf(portico.origin)
    await untilLogged(operator, { event: 'cookie.lost' }, (rows) => rows.length > before)
    await context.close()
  })

  test('is signed in once it keeps them, and led to where it was going', async () => {
    proxy.fault = {}
    const { page, context, faults } = await visit(browser)
    await tryToSignIn(page, `${proxy.origin}/sign-in?next=/account`)
    await page.waitForURL(`${proxy.origin}/account`)
    expect(faults()).toEqual([])
    await context.close()
    const other = await visit(browser)
    await other.page.goto(`${proxy.origin}/sign-in?next=/account`)
    await other.page.getByRole('button', { name: 'Continue with single sign-on' }).click()
    await other.page.waitForURL(`${proxy.origin}/account`)
    await other.context.close()
  })
})
