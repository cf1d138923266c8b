import type { Browser } from 'playwright-core'
import { beforeAll, expect, test, vi } from 'vitest'
import {
  accessibilityFaults,
  signInAs,
  type Visitor,
  visit,
} from '../support/browser/browser-pages'
import { sharedBrowser } from '../support/browser/browser-shared'
import { callInSession, openSession, openStream } from '../support/mcp/mcp-session'
import { connect } from '../support/oauth/oauth-tokens'
import { startPortico } from '../support/server/portico'
import { admin, type Portico } from '../support/server/portico-process'

let portico: Portico
let browser: Browser
let visitor: Visitor

beforeAll(async () => {
  ;[portico, browser] = await Promise.all([startPortico(), sharedBrowser()])
  visitor = await visit(browser)
  await visitor.page.goto(`${portico.origin}/sign-in`)
  await signInAs(visitor.page, admin.email, admin.password)
})

test('sessions are shown while they are used, and an operator ends one', async () => {
  const { page } = visitor
  const mcpUrl = `${portico.origin}/mcp`
  await page.goto(`${portico.origin}/admin/sessions`)
  await page.getByText('No sessions yet').waitFor()
  await page.getByRole('status').getByText('Live').waitFor()

  const token = (await connect(portico.origin)).tokens.access_token
  const session = await openSession(mcpUrl, token)
  const row = page.getByRole('row').filter({ hasText: '2025-11-25' })
  await row.getByRole('cell', { name: 'Open', exact: true }).waitFor()
  const stream = await openStream(mcpUrl, session, { method: 'GET' })
  for (const count of [1, 2]) {
    await callInSession(mcpUrl, session, 'whoami')
    const shown = async () => {
      const cells = await row.getByRole('cell').allInnerTexts()
      expect(cells).toContain(String(count))
    }
    await vi.waitFor(shown, { timeout: 15_000, interval: 100 })
  }
  expect(await accessibilityFaults(page)).toEqual([])

  await page.getByRole('button', { name: /^Actions for/ }).click()
  await page.getByRole('menuitem', { name: /^End session/ }).click()
  await page.getByRole('button', { name: 'End session', exact: true }).click()
  await page.locator('[data-sonner-toast]').filter({ hasText: 'is ended' }).first().waitFor()
  await row.getByRole('cell', { name: 'Ended', exact: true }).waitFor()
  await stream.ended
  expect((await callInSession(mcpUrl, session, 'whoami')).status).toBe(404)
  expect(visitor.faults()).toEqual([])
})
