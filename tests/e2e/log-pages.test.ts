import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { accessibilityFaults, signInAs, visit } from '../support/browser/browser-pages'
import { sharedBrowser } from '../support/browser/browser-shared'
import { postMcp, toolCall } from '../support/mcp/mcp-message'
import { connect } from '../support/oauth/oauth-tokens'
import { startPortico } from '../support/server/portico'
import { admin, type Portico } from '../support/server/portico-process'

vi.setConfig({ testTimeout: 240_000 })

let portico: Portico
let browser: Browser

beforeAll(async () => {
  ;[portico, browser] = await Promise.all([startPortico(), sharedBrowser()])
})

async function openLog(path = '/admin/log', options: Parameters<typeof visit>[1] = {}) {
  const visitor = await visit(browser, options)
  await visitor.page.goto(`${portico.origin}/sign-in?next=${encodeURIComponent(path)}`)
  await signInAs(visitor.page, admin.email, admin.password)
  await visitor.page.goto(`${portico.origin}${path}`)
  await visitor.page.getByRole('status').getByText('Live', { exact: true }).waitFor()
  return visitor
}

const knock = (path: string) => fetch(`${portico.origin}${path}`)

async function knockOften(path: string, times: number): Promise<void> {
  for (let time = 0; time < times; time += 25) {
    // what is the same becomes one event
    const words = Array.from({ length: 25 }, () => randomUUID().replace(/\d/g, 'x'))
    await Promise.all(words.map((word) => knock(`${path}/${word.split('-').join('/')}`)))
  }
}

const rows = (page: Page) => page.locator('[data-log-row]')
const length = (page: Page) =>
  page
    .locator('li[aria-setsize]')
    .first()
    .getAttribute('aria-setsize')
    .then((size) => Number(size))

/** The place in the list of the event that has the focus. */
const focusedPlace = (page: Page) =>
  page.evaluate(() => {
    const row = document.activeElement?.matches('[data-log-row]') ? document.activeElement : null
    return Number(row?.closest('li')?.getAttribute('aria-posinset') ?? 0)
  })

describe('the command palette', () => {
  test('finds a person by keyboard alone and leads to their connections', async () => {
    await connect(portico.origin)
    const { page, faults } = await openLog()
    await page.keyboard.press('Control+k')
    await page.keyboard.type(admin.email.slice(0, 6))
    await page
      .getByRole('option', { name: new RegExp(admin.email) })
      .first()
      .waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    const person = page.locator('[cmdk-group]', { hasText: 'People' }).getByRole('option').first()
    for (let step = 0; step < 20; step += 1) {
      if ((await person.getAttribute('aria-selected')) === 'true') break
      await page.keyboard.press('ArrowDown')
    }
    await page.keyboard.press('Enter')
    await page.waitForURL(
      (url) => url.pathname === '/admin/connections' && url.searchParams.has('user'),
    )
    await page.getByRole('navigation', { name: 'Breadcrumb' }).getByText('Connections').waitFor()
    expect(faults()).toEqual([])
    await page.context().close()
  })
})

describe('the live log in a browser', () => {
  test('copies a request as curl, without its secrets', async () => {
    const { tokens, client } = await connect(portico.origin)
    await postMcp(`${portico.origin}/mcp`, tokens.access_token, toolCall('whoami'))
    const { page } = await openLog(`/admin/log?client=${client.client_id}&event=mcp.called`)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await rows(page).first().click()
    await page.getByRole('button', { name: 'Copy as curl' }).click()
    await page.getByText('Copied', { exact: true }).waitFor()
    const command = await page.evaluate(() => navigator.clipboard.readText())
    expect(command).toContain(`curl -i -X POST '${portico.origin}/mcp'`)
    expect(command).toContain('-H "Authorization: Bearer $TOKEN"')
    expect(command).toContain('"method":"tools/call"')
    expect(command).not.toContain(tokens.access_token)
    await page.context().close()
  })

  test('narrows by what one types, and keeps it in the URL', async () => {
    const mark = `/typed/${randomUUID()}`
    await knock(mark)
    const { page } = await openLog()
    await page.getByText('More filters').click()
    await page.getByLabel('Path begins with').fill(mark)
    await page.waitForURL((url) => url.searchParams.get('path') === mark)
    await expect.poll(() => rows(page).count()).toBe(1)
    await rows(page).first().click()
    await page.getByText('Request id').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('link', { name: /^Remove the filter Path/ }).click()
    await page.waitForURL((url) => !url.searchParams.has('path'))
    await expect.poll(() => page.getByLabel('Path begins with').inputValue()).toBe('')
    await page.context().close()
  })

  test('says truly that the stream dropped, that it is back, and what happened meanwhile', async () => {
    const { page } = await openLog()
    const inBar = (state: string) => page.locator(`[data-stream=${state}]`)
    await inBar('live').waitFor()
    const { dataDir, origin } = portico
    await portico.stop()
    await page
      .getByRole('status')
      .getByText(/Reconnecting|Not connected/)
      .waitFor()
    expect(await inBar('live').count()).toBe(0)
    await page.getByRole('status').getByText('Not connected').waitFor({ timeout: 20_000 })
    await inBar('down').waitFor()

    portico = await startPortico({ dataDir, port: Number(new URL(origin).port) })
    const mark = `/meanwhile/${randomUUID()}`
    await knock(mark)
    await page.getByRole('status').getByText('Live', { exact: true }).waitFor({ timeout: 40_000 })
    await inBar('live').waitFor()
    await page.getByText(mark).first().waitFor()
    await page.context().close()
  })

  // last: what there is to be seen of the others takes a browser longer beside so much
  test('keeps a few of many events in the page, and the keyboard reaches them all', async () => {
    const mark = `/many/${randomUUID()}`
    const { page, faults } = await openLog(`/admin/log?path=${mark}`)
    await knockOften(mark, 300)
    await expect.poll(() => length(page), { timeout: 20_000 }).toBe(300)
    expect(await rows(page).count()).toBeLessThan(120)

    for (let step = 0; step < 80; step += 1) await page.keyboard.press('j')
    await expect.poll(() => focusedPlace(page)).toBe(80)
    for (let step = 0; step < 5; step += 1) await page.keyboard.press('k')
    await expect.poll(() => focusedPlace(page)).toBe(75)
    const focused = page.locator('[data-log-row]:focus')
    expect(await focused.isVisible()).toBe(true)

    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
    await page.locator('li[aria-posinset="300"]').waitFor()
    // what has the focus stays, however far away it is
    expect(await focusedPlace(page)).toBe(75)
    expect(await page.locator('li[aria-posinset="150"]').count()).toBe(0)
    await page.keyboard.press('Enter')
    await page.locator('li[aria-posinset="75"]').getByText('Request id').waitFor()
    expect(faults()).toEqual([])
    await page.context().close()
  })
})
