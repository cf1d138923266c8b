import type { Browser, Page } from 'playwright-core'
import { beforeAll, expect, test, vi } from 'vitest'
import type { HandshakeRow } from '@/lib/admin/handshakes/views'
import {
  contrastFaults,
  inColors,
  picture,
  signInAs,
  unroll,
  unrolledFaults,
  visit,
  widthFaults,
} from '../support/browser/browser-pages'
import { sharedBrowser } from '../support/browser/browser-shared'
import { keyboardFaults } from '../support/browser/keyboard'
import { connectAs } from '../support/clients/claude'
import { clientScripts, hostedClaude } from '../support/clients/claude-clients'
import { operatorOf } from '../support/people/operator'
import { answer, approve } from '../support/people/operator-consent'
import { untilHandshakes } from '../support/people/operator-handshakes'
import { type Seen, views } from '../support/people/views'
import { startPortico } from '../support/server/portico'
import { admin, type Portico } from '../support/server/portico-process'
import { sourceFiles } from '../support/sources/imports'

/**
 * Every page in every state it is listed with: no violation that axe finds, no error on the console,
 * nothing that Tab does not reach or shows no focus, nothing wider than the window, at both widths,
 * in both themes, with the text twice as large, and in the narrowest window.
 * What a page looks like has nothing to do with the database, so one of the two passes walks.
 */

vi.setConfig({ testTimeout: 480_000, hookTimeout: 240_000 })

/** Walks only the pages whose folder has this in its name, when somebody works on one. */
const only = process.env.PORTICO_WALK ?? ''

let portico: Portico
let browser: Browser
let seen: Seen

const wanted = {
  connected: 'connected',
  stalled: 'stalled',
  denied: 'refused-by-operator',
} as const

const idOf = (rows: readonly HandshakeRow[], kind: HandshakeRow['verdict']['kind']) =>
  rows.find(({ verdict, userId }) => verdict.kind === kind && userId !== null)?.id ?? null

type Left = {
  readonly rows: readonly HandshakeRow[]
  readonly asking: string
  readonly token: string
}

/** One attempt of each kind that ends: connected, denied, and stalled after the token; one that waits. */
async function leaveAttempts(): Promise<Left> {
  const operator = await operatorOf(portico.origin)
  const mcpUrl = `${portico.origin}/mcp`
  const person = (url: URL) => approve(operator, url)
  for (const script of clientScripts.slice(0, 4)) await connectAs(script, mcpUrl, person)
  const denying = (url: URL) => answer(operator, url, 'deny')
  await connectAs({ ...hostedClaude, name: 'denied' }, mcpUrl, denying).catch(() => undefined)
  const never = new Promise<void>(() => {})
  void connectAs(hostedClaude, mcpUrl, person, 0, { beforeMcp: never })
  const areAll = (rows: readonly HandshakeRow[]) =>
    Object.values(wanted).every((kind) => idOf(rows, kind))
  const rows = await untilHandshakes(operator, areAll, {}, 40_000)
  const asking = await new Promise<URL>((resolve) => {
    void connectAs(hostedClaude, mcpUrl, (url) => {
      resolve(url)
      return new Promise(() => {})
    })
  })
  const tokens = await (await operator.open('/admin/tokens')).text()
  const token = /href="\/admin\/tokens\/([\w-]+)"/.exec(tokens)?.[1] ?? 'no token is listed'
  return { rows, asking: `${asking.pathname}${asking.search}`, token }
}

async function signedIn(page: Page): Promise<void> {
  await page.goto(`${portico.origin}/sign-in`)
  await signInAs(page, admin.email, admin.password)
}

async function makeInvite(page: Page): Promise<string> {
  await page.goto(`${portico.origin}/admin/operators/invite`)
  await page.getByLabel('Email').fill('grace@portico.test')
  await page.getByRole('button', { name: 'Make invitation link' }).click()
  const href = await page.getByText('/invite?token=').textContent()
  const { pathname, search } = new URL(String(href))
  return `${pathname}${search}`
}

/** The links that are shown once, when they are made. */
async function makeLinks(handshake: string): Promise<Pick<Seen, 'link' | 'invite'>> {
  const { page, context } = await visit(browser)
  await signedIn(page)
  const invite = await makeInvite(page)
  await page.goto(`${portico.origin}/admin/handshakes/${handshake}`)
  await page.getByRole('button', { name: 'Share' }).click()
  await page.getByRole('button', { name: 'Make link' }).click()
  const href = await page.getByRole('dialog').getByText('/shared/psh_').textContent()
  await context.close()
  return { link: new URL(String(href)).pathname, invite }
}

beforeAll(async () => {
  const env = { PORTICO_PROXY_HOPS: '1' }
  ;[portico, browser] = await Promise.all([startPortico({ env }), sharedBrowser()])
  const { rows, asking, token } = await leaveAttempts()
  const [connected, stalled, denied] = Object.values(wanted).map((kind) => String(idOf(rows, kind)))
  const ids = { connected: `${connected}`, stalled: `${stalled}`, denied: `${denied}` }
  const { grantId, clientId, userId } = rows.find(({ id }) => id === connected) ?? {}
  const of = { grant: `${grantId}`, client: `${clientId}`, user: `${userId}` }
  seen = { ...ids, ...of, asking, token, ...(await makeLinks(ids.connected)) }
})

const pages = sourceFiles('app')
  .map(({ path }) => /^app\/(.*)\/page\.tsx$/.exec(path)?.[1])
  .filter((name) => name !== undefined)

test('every page is walked', () => {
  expect(Object.keys(views).toSorted()).toEqual(pages.toSorted())
})

/** What the pictures of a page are called. */
const nameOf = (view: string): string =>
  view
    .replace(/^\//, '')
    .replace(/[^\w-]+/g, '_')
    .slice(0, 60)

/** The narrowest window that a page has to fit into, in CSS pixels. */
const narrowest = 320

/** What pages have around their content, whose Tab stops are the same on each of them. */
const framesWalked = new Set<string>()

/** Shows the page in the other theme. */
async function turn(page: Page, view: string, colorScheme: 'light' | 'dark'): Promise<void> {
  await inColors(page, colorScheme)
  // Chromium keeps inherited colours of light-dark() where nothing but the system's choice changed
  if (!view.startsWith('/admin')) await page.reload()
}

const resize = (page: Page, width: number) => page.setViewportSize({ width, height: 900 })

async function lightFaults(page: Page, view: string, width: number): Promise<string[]> {
  await unroll(page, width)
  const found = [...(await unrolledFaults(page)), ...(await widthFaults(page))]
  await picture(page, `${nameOf(view)}-light-${width}`)
  return found.map((fault) => `${width} px: ${fault}`)
}

/** Themes differ in colours alone, so that of the second one only these are judged. */
async function darkFaults(page: Page, view: string, width: number): Promise<string[]> {
  await unroll(page, width)
  const found = await contrastFaults(page)
  await picture(page, `${nameOf(view)}-dark-${width}`)
  return found.map((fault) => `${width} px, dark: ${fault}`)
}

/** With the text twice as large, and by the keys alone. */
async function reachFaults(page: Page, view: string): Promise<string[]> {
  const frame = view.startsWith('/admin') ? '/admin' : view
  await resize(page, 1440)
  await page.addStyleTag({ content: 'html { font-size: 200% }' })
  const found = (await widthFaults(page)).map((fault) => `text twice as large: ${fault}`)
  await picture(page, `${nameOf(view)}-large-1440`)
  found.push(...(await keyboardFaults(page, framesWalked.has(frame) ? 'content' : 'page')))
  framesWalked.add(frame)
  return found
}

/** In an order that changes the window and the theme as seldom as can be. */
async function faultsOf(page: Page, view: string): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' })
  // as wide as a window of 1280 px whose page is enlarged fourfold (WCAG 2.2 §1.4.10)
  await resize(page, narrowest)
  await page.goto(new URL(view, portico.origin).href)
  await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' })
  // the first step is opened where there is one
  const step = page.locator('[id^="step-"] button').first()
  if ((await step.count()) > 0) await step.click()
  const found = await widthFaults(page)
  found.push(...(await lightFaults(page, view, 390)))
  await turn(page, view, 'dark')
  found.push(...(await darkFaults(page, view, 390)), ...(await darkFaults(page, view, 1440)))
  await turn(page, view, 'light')
  found.push(...(await lightFaults(page, view, 1440)), ...(await reachFaults(page, view)))
  return found.map((fault) => `${view} ${fault}`)
}

test('every page is without a fault at 1440 and 390 px', async () => {
  const { page, faults } = await visit(browser)
  const found: string[] = []
  let isSignedIn = false
  for (const [name, at] of Object.entries(views).filter(([name]) => name.includes(only))) {
    const isPublic = /^(sign-in|setup|invite|shared)/.test(name)
    if (!isPublic && !isSignedIn) await signedIn(page)
    isSignedIn ||= !isPublic
    for (const view of at(seen)) found.push(...(await faultsOf(page, view)))
  }
  expect(found).toEqual([])
  // a page that says that there is nothing answers 404, which the browser calls an error
  expect(faults().filter((fault) => !fault.includes('status of 404'))).toEqual([])
})
