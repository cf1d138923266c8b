import { readFileSync } from 'node:fs'
import type { Browser, BrowserContext } from 'playwright-core'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { signInAs, visit } from '../support/browser/browser-pages'
import { sharedBrowser } from '../support/browser/browser-shared'
import { authorizationUrl, newPkce, type RegisteredClient, register } from '../support/oauth/oauth'
import { startPortico } from '../support/server/portico'
import { admin, type Portico } from '../support/server/portico-process'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

/** Nobody answers there, and nobody has to. */
const callback = 'http://127.0.0.1:9/callback'
const { challenge } = newPkce()

let portico: Portico
let browser: Browser

beforeAll(async () => {
  ;[portico, browser] = await Promise.all([startPortico(), sharedBrowser()])
})

const newClient = (name: string) =>
  register(portico.origin, { client_name: name, redirect_uris: [callback] })

const urlOf = (client: RegisteredClient) => authorizationUrl(portico.origin, client, challenge).href

type Signed = Awaited<ReturnType<typeof visit>>

async function signedIn(
  { email, password }: { email: string; password: string },
  next = '/admin',
  options: Parameters<typeof visit>[1] = {},
): Promise<Signed> {
  const visitor = await visit(browser, options)
  await visitor.page.goto(`${portico.origin}/sign-in?next=${encodeURIComponent(next)}`)
  await signInAs(visitor.page, email, password)
  return visitor
}

/** The same person in a browser that runs no script. */
async function withoutScript({ context }: Signed): Promise<BrowserContext> {
  const storageState = await context.storageState()
  return browser.newContext({ javaScriptEnabled: false, storageState })
}

type ClientModules = Readonly<
  Record<string, { readonly id: number; readonly chunks: readonly string[] }>
>

/** What of the consent page runs in browsers: by source, its id in the build and the files it needs. */
function clientModules(): ClientModules {
  const file = '.next/server/app/consent/[interaction]/page_client-reference-manifest.js'
  const text = readFileSync(file, 'utf8')
  const json = text.slice(text.indexOf('"] = {') + 5, text.lastIndexOf('}') + 1)
  return (JSON.parse(json) as { clientModules: ClientModules }).clientModules
}

/**
 * The files that are the framework's: what the build loads into every page whatever is on it (React
 * and the runtime of Next), and those that Next's own modules need and that define no module of
 * ours. A file that holds both counts as ours, all of it.
 */
function frameworkFiles(): ReadonlySet<string> {
  const { rootMainFiles, polyfillFiles } = JSON.parse(
    readFileSync('.next/build-manifest.json', 'utf8'),
  ) as { rootMainFiles: string[]; polyfillFiles: string[] }
  const modules = Object.entries(clientModules())
  const isNexts = ([source]: (typeof modules)[number]) => source.includes('/node_modules/next/')
  const ours = modules.filter((one) => !isNexts(one)).map(([, { id }]) => id)
  const holdsOurs = (file: string): boolean => {
    const code = readFileSync(`.next/${file}`, 'utf8')
    return ours.some((id) => new RegExp(`[,[]${id},`).test(code))
  }
  const nexts = modules
    .filter(isNexts)
    .flatMap(([, { chunks }]) => chunks.map((chunk) => chunk.replace('/_next/', '')))
  return new Set([...rootMainFiles, ...polyfillFiles, ...nexts.filter((file) => !holdsOurs(file))])
}

describe('the consent page', () => {
  test('has less than 20 kB of script beside the framework’s', async () => {
    const visitor = await signedIn(admin)
    const { page } = visitor
    const loaded = new Set<string>()
    page.on('request', (request) => {
      if (request.resourceType() === 'script') loaded.add(new URL(request.url()).pathname)
    })
    await page.goto(urlOf(await newClient('Weighed')))
    await page.waitForLoadState('networkidle')
    const named = [...(await page.content()).matchAll(/\/_next\/(static\/chunks\/[\w.~-]+\.js)/g)]
    for (const [, file] of named) loaded.add(`/_next/${file}`)

    const framework = frameworkFiles()
    const own = [...loaded].filter((path) => !framework.has(path.replace('/_next/', '')))
    const sizes = await Promise.all(
      own.map(async (path) => {
        const response = await fetch(portico.origin + path)
        return [path, (await response.arrayBuffer()).byteLength] as const
      }),
    )
    // the framework was told apart, or the sum would mean nothing
    expect(loaded.size).toBeGreaterThan(own.length)
    const sum = sizes.reduce((total, [, bytes]) => total + bytes, 0)
    expect(sum, JSON.stringify(sizes)).toBeLessThan(20_000)
    await visitor.context.close()
  })

  test('is styled, and takes its answer, without any script', async () => {
    const visitor = await signedIn(admin)
    const context = await withoutScript(visitor)
    const page = await context.newPage()
    await page.goto(urlOf(await newClient('Plain')))
    const allow = page.getByRole('button', { name: 'Allow' })
    const [looks, bare] = await allow.evaluate((button) => {
      const { backgroundColor, color, borderRadius } = getComputedStyle(button)
      const plain = document.body.appendChild(document.createElement('i'))
      return [{ backgroundColor, color, borderRadius }, getComputedStyle(plain).backgroundColor]
    })
    expect(looks.backgroundColor).not.toBe(bare)
    expect(looks.borderRadius).not.toBe('0px')
    await page.getByText('127.0.0.1:9').first().waitFor()
    await page.getByText('If you deny, Plain is told no').waitFor()
    const answered = page.waitForRequest((request) => request.url().startsWith(callback))
    await allow.click()
    expect(new URL((await answered).url()).searchParams.get('code')).toMatch(/^pac_/)
    await context.close()
    await visitor.context.close()
  })
})
