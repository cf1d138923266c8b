import type { Browser, Page } from 'playwright-core'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import {
  coveredFaults,
  cutFaults,
  picture,
  signInAs,
  squeezedFaults,
  tornFaults,
  visit,
  widthFaults,
} from '../support/browser/browser-pages'
import { sharedBrowser } from '../support/browser/browser-shared'
import { type HostileName, hostileNames } from '../support/load/hostile-names'
import { memberOf, personOf, seedHostile, type Traces } from '../support/load/hostile-traffic'
import { type Credentials, operatorOf } from '../support/people/operator'
import { views } from '../support/people/views'
import { startPortico } from '../support/server/portico'
import type { Portico } from '../support/server/portico-process'

/**
 * Every page where everything that a stranger may name has a long and odd name: nothing is wider than
 * the window, and every text can be read. In the narrowest window that a page has to fit into, and
 * where lists begin to be tables.
 */

vi.setConfig({ testTimeout: 480_000, hookTimeout: 300_000 })

const widths = [320, 390, 768, 1440]

let portico: Portico
let browser: Browser
const left = new Map<string, Traces>()

beforeAll(async () => {
  const env = { PORTICO_PROXY_HOPS: '1', PORTICO_CLIENT_APPROVAL: 'first-seen' }
  ;[portico, browser] = await Promise.all([startPortico({ env }), sharedBrowser()])
  const admin = await operatorOf(portico.origin)
  for (const hostile of hostileNames) {
    left.set(hostile.kind, await seedHostile(admin, hostile))
  }
})

const leftOf = ({ kind }: HostileName): Traces => left.get(kind) as Traces

/** Pages of one kind of event, and those that stand alone, without a folder below `app`. */
const plain = ({ agent, host }: HostileName, { refused, seen }: Traces): string[] => [
  refused,
  `/admin/log?client=${seen.client}`,
  `/admin/log?q=${agent.slice(-30)}`,
  `/authorize?client_id=${agent}`,
  `/authorize?client_id=https://${host}/${agent}`,
  `/${agent}`,
  `/sign-in?next=/${agent}&error=${agent}`,
]

async function faultsAt(page: Page, view: string, name: string): Promise<string[]> {
  const found: string[] = []
  await page.setViewportSize({ width: widths[0] ?? 320, height: 900 })
  await page.goto(new URL(view, portico.origin).href)
  await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' })
  const step = page.locator('[id^="step-"] button').first()
  if ((await step.count()) > 0) await step.click()
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    const faults = [
      ...(await widthFaults(page)),
      ...(await cutFaults(page)),
      ...(await tornFaults(page)),
      ...(await squeezedFaults(page)),
      ...(await coveredFaults(page)),
    ]
    found.push(...faults.map((fault) => `${view.slice(0, 60)} ${width} px: ${fault}`))
    await picture(page, `${name}-${width}`)
  }
  return found
}

const walked = new Set<string>()

async function signedIn(page: Page, { email, password }: Credentials): Promise<void> {
  await page.goto(`${portico.origin}/sign-in`)
  await signInAs(page, email, password)
}

describe.each(hostileNames)('names of the kind $kind', (hostile) => {
  test('fit where a member waits for an operator', async () => {
    const { page, context } = await visit(browser)
    await signedIn(page, memberOf(hostile))
    expect(await faultsAt(page, leftOf(hostile).held, `${hostile.kind}-held`)).toEqual([])
    await context.close()
  })

  test('fit in what is asked before a connection is changed', async () => {
    const { page, context } = await visit(browser, { width: 320 })
    await signedIn(page, personOf(hostile))
    await page.goto(`${portico.origin}/admin/connections/${leftOf(hostile).seen.grant}`)
    for (const name of ['Rename…', 'Revoke…']) {
      await page.getByRole('button', { name }).click()
      const dialog = page.locator('[role="dialog"], [role="alertdialog"]')
      await dialog.waitFor()
      const [wide, own, window] = await dialog.evaluate((element) => [
        element.scrollWidth,
        element.clientWidth,
        document.documentElement.clientWidth,
      ])
      expect(wide).toBeLessThanOrEqual(own ?? 0)
      expect(own).toBeLessThanOrEqual(window ?? 0)
      await picture(page, `${hostile.kind}-dialog-${name.slice(0, 6)}-320`)
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
    }
    await context.close()
  })

  test('fit on every page', async () => {
    const { page } = await visit(browser)
    await signedIn(page, personOf(hostile))
    const found: string[] = []
    const all = Object.values(views).flatMap((at) => at(leftOf(hostile).seen))
    for (const view of [...all, ...plain(hostile, leftOf(hostile))]) {
      // a list shows the names of every kind
      if (walked.has(view)) continue
      walked.add(view)
      const name = `${hostile.kind}-${view.replace(/[^\w-]+/g, '_').slice(0, 50)}`
      found.push(...(await faultsAt(page, view, name)))
    }
    expect(found).toEqual([])
  })
})
