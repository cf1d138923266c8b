import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Browser, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { signInAs, visit } from '../support/browser/browser-pages'
import { sharedBrowser } from '../support/browser/browser-shared'
import { startPortico } from '../support/server/portico'
import type { Portico } from '../support/server/portico-process'
import { verifies } from '../support/sources/verifies'

const operator = { email: 'ada@example.org', password: 'a long enough password' }
let portico: Portico
let browser: Browser

beforeAll(async () => {
  const env = { PORTICO_ADMIN_EMAIL: '', PORTICO_ADMIN_PASSWORD: '' }
  ;[portico, browser] = await Promise.all([startPortico({ env, isFirst: true }), sharedBrowser()])
})

type Try = { readonly child: ChildProcess; output(): string }

function npmRunTry(): Try {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'lib/cli/try.ts', '--no-open', `${portico.origin}/mcp`],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      printed += text
    })
  }
  return { child, output: () => printed }
}

/** The wire names of the rows of the log, oldest first. */
const shownEvents = async (page: Page): Promise<string[]> => {
  const rows = page.locator('[data-log-row]').locator('xpath=..')
  const texts = await rows.allInnerTexts()
  return texts.flatMap((text) => /\b[a-z-]+\.[a-z-]+\b/.exec(text)?.[0] ?? []).reverse()
}

/** Whether `wanted` stands in `shown` in this order, with others between. */
function isInOrder(shown: readonly string[], wanted: readonly string[]): boolean {
  let at = 0
  for (const name of shown) if (name === wanted[at]) at += 1
  return at === wanted.length
}

const story = [
  'mcp.challenged',
  'resource-metadata.served',
  'server-metadata.served',
  'client.registered',
  'authorization.requested',
  'operator.signed-in',
  'consent.shown',
  'consent.granted',
  'code.issued',
  'token.issued',
  'mcp.initialized',
  'mcp.listed',
  'mcp.called',
  'token.refreshed',
]

async function setUp(page: Page): Promise<void> {
  const link = /http:\S+\/setup\?token=\S+/.exec(portico.output())?.[0]
  await page.goto(link ?? 'no set-up link was printed')
  await page.getByLabel('Email').fill(operator.email)
  await page.getByLabel('Password').fill(operator.password)
  await page
    .getByRole('button')
    .filter({ hasText: /admin|create|continue/i })
    .click()
  await page.waitForURL(/\/sign-in/)
  await signInAs(page, operator.email, operator.password)
}

test(
  verifies(['A17', 'A66'], 'from an empty directory to a tool call, and its revocation'),
  async () => {
    const watching = await visit(browser)
    await setUp(watching.page)
    await watching.page.goto(`${portico.origin}/admin/log`)
    await watching.page.getByText('Live', { exact: true }).waitFor()

    const visitor = npmRunTry()
    await expect.poll(visitor.output, { timeout: 30_000 }).toMatch(/http:\S+\/authorize\?\S+/)
    const approving = await visit(browser)
    await approving.page.goto(/http:\S+\/authorize\?\S+/.exec(visitor.output())?.[0] ?? '')
    await signInAs(approving.page, operator.email, operator.password)
    await approving.page.getByText('127.0.0.1').first().waitFor()
    await approving.page.getByText('Use your tools').waitFor()
    await approving.page.getByText(/your own computer/).waitFor()
    await approving.page.getByRole('button', { name: 'Allow' }).click()
    await approving.page.waitForURL(/127\.0\.0\.1:\d+\/callback/)
    if (visitor.child.exitCode === null) await once(visitor.child, 'exit')
    expect(visitor.output()).toContain('server_status')
    expect(visitor.child.exitCode).toBe(0)

    await expect
      .poll(async () => isInOrder(await shownEvents(watching.page), story), { timeout: 15_000 })
      .toBe(true)

    await watching.page.goto(`${portico.origin}/admin/connections`)
    await watching.page.getByRole('button', { name: /^Actions for/ }).click()
    await watching.page.getByRole('menuitem', { name: /Revoke/ }).click()
    await watching.page.getByRole('button', { name: 'Revoke connection' }).click()
    await watching.page.getByRole('cell', { name: 'Revoked', exact: true }).waitFor()
    // no proxy stands in front, and nothing that pages ask of one another is taken for one
    expect(portico.output()).not.toContain('PORTICO_PROXY_HOPS')
    expect(approving.faults()).toEqual([])
    expect(watching.faults()).toEqual([])
  },
)
