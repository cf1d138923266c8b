import type { Browser } from 'playwright-core'
import { signInAs, visit } from '../browser/browser-pages'
import { connectAs } from '../clients/claude'
import { hostedClaude } from '../clients/claude-clients'
import { admin } from '../server/portico-process'

/** Enough for a working page; a broken one fails without a minute's wait. */
const timeoutMs = 15_000

/**
 * A first visit to a deployed Portico: signs in, opens the overview,
 * connects Claude, and has it call a tool. All of it in a browser, with the scripts and
 * styles that the pages' policy allows.
 *
 * @returns the user that the tool reported
 * @throws {Error} that says what does not work
 */
export async function firstVisit(browser: Browser, origin: string): Promise<string> {
  const { context, page, faults } = await visit(browser)
  context.setDefaultTimeout(timeoutMs)
  try {
    const answer = await page.goto(`${origin}/sign-in?next=/admin`)
    const policy = (await answer?.headerValue('content-security-policy')) ?? 'none'
    if (!/script-src [^;]*'nonce-\w+'/.test(policy)) throw new Error(`no nonce in: ${policy}`)
    await signInAs(page, admin.email, admin.password)
    await page.getByRole('navigation', { name: 'Sections' }).waitFor()
    const font = await page.evaluate(() => getComputedStyle(document.body).fontFamily)
    if (!/geist/i.test(font)) throw new Error(`the page has no style of its own: ${font}`)
    const { person } = await connectAs(hostedClaude, `${origin}/mcp`, async (url) => {
      const back = page.waitForRequest((request) => request.url().startsWith('https://claude.ai/'))
      await page.goto(url.href)
      await page.getByRole('heading', { name: /^Let Claude use/ }).waitFor()
      await page.getByRole('button', { name: 'Allow' }).click()
      return new URL((await back).url())
    })
    // the browser's final address is not reachable from here
    const own = faults().filter((fault) => !fault.includes('claude.ai'))
    if (own.length > 0) throw new Error(own.join('\n'))
    return person
  } finally {
    await context.close()
  }
}
