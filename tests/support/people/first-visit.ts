import type { Browser } from 'playwright-core'
import { signInAs, visit } from '../browser/browser-pages'
import { connectAs } from '../clients/claude'
import { hostedClaude } from '../clients/claude-clients'
import { admin } from '../server/portico-process'

/** Enough for a page that works; one that does not is found out without a minute's wait. */
const patienceMs = 15_000

/**
 * What somebody does first with a Portico that was put somewhere: signs in, looks at the overview,
 * connects Claude, and has it call a tool. All of it goes through a browser, with its scripts and
 * styles under the policy that the pages came with.
 *
 * @returns in whose name the tool was called
 * @throws {Error} that says what does not work
 */
export async function firstVisit(browser: Browser, origin: string): Promise<string> {
  const { context, page, faults } = await visit(browser)
  context.setDefaultTimeout(patienceMs)
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
    // where the browser was sent in the end is nowhere to be found from here
    const own = faults().filter((fault) => !fault.includes('claude.ai'))
    if (own.length > 0) throw new Error(own.join('\n'))
    return person
  } finally {
    await context.close()
  }
}
