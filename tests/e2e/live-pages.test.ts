import type { Browser, Page } from 'playwright-core'
import { beforeAll, expect, test, vi } from 'vitest'
import { signInAs, visit } from '../support/browser/browser-pages'
import { sharedBrowser } from '../support/browser/browser-shared'
import { disablePerson } from '../support/people/admin-actions'
import { type Operator, operatorOf } from '../support/people/operator'
import { newPerson, password } from '../support/people/people-admin'
import { startPortico } from '../support/server/portico'
import type { Portico } from '../support/server/portico-process'

vi.setConfig({ testTimeout: 180_000 })

let portico: Portico
let browser: Browser
let first: Operator

beforeAll(async () => {
  const env = { PORTICO_PROXY_HOPS: '1' }
  ;[portico, browser] = await Promise.all([startPortico({ env }), sharedBrowser()])
  first = await operatorOf(portico.origin)
})

/** The live log, as somebody new reads it. */
async function readLive(email: string): Promise<Page> {
  await newPerson(first, email, 'viewer')
  const { page } = await visit(browser)
  await page.goto(`${portico.origin}/sign-in`)
  await signInAs(page, email, password)
  await page.goto(`${portico.origin}/admin/log`)
  await page.locator('[data-state="live"]').first().waitFor()
  return page
}

test('a live page of somebody who is disabled leads to sign in, and asks no more', async () => {
  const page = await readLive('gone@live.test')
  await disablePerson(first, 'gone@live.test')
  await page.waitForURL(/\/sign-in\?next=/)
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.waitForTimeout(4000)
  expect(asked.filter((url) => url.includes('/admin/'))).toEqual([])
})

test('so does one whose line was down meanwhile', async () => {
  const page = await readLive('offline@live.test')
  await page.context().setOffline(true)
  await disablePerson(first, 'offline@live.test')
  await page.context().setOffline(false)
  await page.waitForURL(/\/sign-in\?next=/)
})
