import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { signInAs, visit } from '../support/browser/browser-pages'
import { sharedBrowser } from '../support/browser/browser-shared'
import { signIn } from '../support/people/operator'
import { startPortico } from '../support/server/portico'
import { admin, type Portico } from '../support/server/portico-process'

let portico: Portico
let browser: Browser

beforeAll(async () => {
  ;[portico, browser] = await Promise.all([startPortico(), sharedBrowser()])
})

test.each([1440, 390])('the account is reached from the dashboard at %i px', async (width) => {
  const { page, faults } = await visit(browser, { width })
  await page.goto(`${portico.origin}/sign-in`)
  await signInAs(page, admin.email, admin.password)
  if (width < 1024) await page.getByRole('button', { name: 'Open the menu' }).click()
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menuitem', { name: 'Your account' }).click()
  await page.getByRole('heading', { name: 'Your account', level: 1 }).waitFor()
  expect(faults()).toEqual([])
})

test('other browsers are signed out one by one, or all at once', async () => {
  const { page, faults } = await visit(browser)
  await page.goto(`${portico.origin}/sign-in?next=/account`)
  await signInAs(page, admin.email, admin.password)
  const others = [await signIn(portico.origin), await signIn(portico.origin)]
  const isOut = async (one: (typeof others)[number] | undefined) =>
    (await one?.open('/account'))?.status === 307
  await page.reload()
  const sessions = page.getByRole('region', { name: 'Where you are signed in' })
  const before = await sessions.getByRole('listitem').count()
  await sessions.getByRole('listitem').first().getByText('This browser').waitFor()

  await sessions
    .getByRole('button', { name: /^Sign out Firefox on Linux/ })
    .first()
    .click()
  await page.getByText('That browser is signed out').waitFor()
  await expect.poll(() => sessions.getByRole('listitem').count()).toBe(before - 1)
  expect((await Promise.all(others.map(isOut))).filter(Boolean)).toHaveLength(1)

  await sessions.getByRole('button', { name: 'Sign out elsewhere…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out elsewhere' }).click()
  await expect.poll(() => sessions.getByRole('listitem').count()).toBe(1)
  expect(await Promise.all(others.map(isOut))).toEqual([true, true])
  await page.reload()
  await page.getByRole('heading', { name: 'Your account' }).waitFor()
  expect(faults()).toEqual([])
})

test('a section is fetched ahead once somebody means it, and not before', async () => {
  const { page, faults } = await visit(browser)
  const ahead: string[] = []
  page.on('request', (request) => {
    if ('next-router-prefetch' in request.headers()) ahead.push(new URL(request.url()).pathname)
  })
  await page.goto(`${portico.origin}/sign-in?next=/admin`)
  await signInAs(page, admin.email, admin.password)
  const sections = page.getByRole('navigation', { name: 'Sections' })
  await sections.getByRole('link', { name: 'Tokens' }).waitFor()
  await page.waitForLoadState('networkidle')
  expect(ahead.filter((path) => path === '/admin/tokens' || path === '/admin/keys')).toEqual([])
  await sections.getByRole('link', { name: 'Tokens' }).hover()
  await expect.poll(() => ahead).toContain('/admin/tokens')
  await sections.getByRole('link', { name: 'Signing keys' }).focus()
  await expect.poll(() => ahead).toContain('/admin/keys')
  expect(faults()).toEqual([])
})

test('a button that needs the script waits for it', async () => {
  const { page } = await visit(browser)
  await page.goto(`${portico.origin}/sign-in?next=/account`)
  await signInAs(page, admin.email, admin.password)
  await page.route('**/*.js*', async (route) => {
    await sleep(1500)
    await route.continue()
  })
  await page.goto(`${portico.origin}/account`, { waitUntil: 'commit' })
  await page.getByRole('button', { name: /^Set up one-time codes/ }).click()
  await page.getByRole('button', { name: 'Show the key' }).waitFor()
})
