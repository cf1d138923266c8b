import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'

/** A person at a browser, by what a page calls things. */
export type Visitor = { readonly context: BrowserContext; readonly page: Page; faults(): string[] }

/** Opens a browser of a person's own: no cookie, and everything that goes wrong is remembered. */
export async function visit(
  browser: Browser,
  options: { width?: number; dark?: boolean; trustsAll?: boolean } = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    ignoreHTTPSErrors: options.trustsAll === true,
    viewport: { width: options.width ?? 1440, height: 900 },
    colorScheme: options.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${message.text()} ${message.location().url}`)
  })
  return { context, page, faults: () => faults }
}

/** Fills in the sign-in page and waits until it has led on. */
export async function signInAs(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => url.pathname !== '/sign-in')
}

/** Of axe, what is asked of it in a page. */
type Axe = { run(of: Document, options: RunOptions): Promise<AxeResults> }

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
)

/** What violates these rules, one line each. A page that was not left keeps the axe it has. */
async function violations(page: Page, runOnly: RunOptions['runOnly']): Promise<string[]> {
  // what is there before its styles has the browser's own colours
  await page.waitForLoadState()
  // after an action the title may come later than the rest of what changed
  await page.waitForFunction(() => document.title !== '')
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource)
  return page.evaluate(async (runOnly) => {
    const { axe } = globalThis as unknown as { axe: Axe }
    const found = await axe.run(document, { runOnly, resultTypes: ['violations'] })
    return found.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`,
    )
  }, runOnly)
}

/** So much of a long list has rows of every kind. */
const tallest = 5000

/**
 * Makes the window as wide as asked and as tall as the page: a target that the window's edge cuts in
 * two would be measured by half.
 */
export async function unroll(page: Page, width: number): Promise<void> {
  // a page is never shorter than its window
  await page.setViewportSize({ width, height: 900 })
  const whole = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width, height: Math.max(900, Math.min(whole, tallest)) })
}

/** What axe finds against WCAG 2.2 AA on a page that is unrolled, one line each. */
export const unrolledFaults = (page: Page): Promise<string[]> =>
  violations(page, ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])

/** What axe finds of colours that cannot be told apart (WCAG 2.2 §1.4.3), one line each. */
export const contrastFaults = (page: Page): Promise<string[]> =>
  violations(page, ['color-contrast'])

/** What axe finds against WCAG 2.2 AA on the page as it stands, one line each. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const before = page.viewportSize() ?? { width: 1440, height: 900 }
  await unroll(page, before.width)
  const found = await unrolledFaults(page)
  await page.setViewportSize(before)
  return found
}

/** What makes a page wider than its window, in one line; none where it fits. */
export const widthFaults = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    const isClipped = (element: Element | null): boolean =>
      element !== null &&
      (getComputedStyle(element).overflowX !== 'visible' || isClipped(element.parentElement))
    const names = [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth)
      .filter((element) => !isClipped(element.parentElement))
      .map(
        (element) =>
          `${element.tagName.toLowerCase()} “${element.textContent?.trim().slice(0, 30)}”`,
      )
    // the innermost come last
    const most = names.slice(-3).join(', ')
    return [`${scrollWidth - clientWidth} px wider than ${clientWidth} px: ${most}`]
  })

/**
 * Text that is on the page and cannot be read: outside the window, or behind an edge that cuts it off
 * without a mark. What is cut with an ellipsis or scrolls by itself can be.
 */
export const cutFaults = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { clientWidth } = document.documentElement
    const isUnseen = (style: CSSStyleDeclaration): boolean =>
      style.visibility !== 'visible' || style.clipPath !== 'none' || style.position === 'fixed'
    const isMarked = (style: CSSStyleDeclaration): boolean =>
      style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none'
    // what holds the text on its way up to the page: the first that cuts, or scrolls
    const holderOf = (element: Element | null): Element | 'unseen' | null => {
      if (element === null) return null
      const style = getComputedStyle(element)
      const box = element.getBoundingClientRect()
      if (isUnseen(style) || (box.width <= 1 && box.height <= 1)) return 'unseen'
      return style.overflowX === 'visible' ? holderOf(element.parentElement) : element
    }
    const problemOf = (text: Text): string | null => {
      const range = document.createRange()
      range.selectNodeContents(text)
      const boxes = [...range.getClientRects()].filter(({ width }) => width > 0)
      if (boxes.length === 0) return null
      const holder = holderOf(text.parentElement)
      if (holder === 'unseen') return null
      const [left, right] = [
        Math.min(...boxes.map((box) => box.left)),
        Math.max(...boxes.map((box) => box.right)),
      ]
      if (holder === null) {
        return right > clientWidth + 1 || left < -1 ? 'outside the window' : null
      }
      const style = getComputedStyle(holder)
      const edge = holder.getBoundingClientRect()
      const isCut = right > edge.right + 1 || left < edge.left - 1
      if (!isCut || isMarked(style)) return null
      return style.overflowX === 'auto' || style.overflowX === 'scroll' ? null : 'cut off'
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const found: string[] = []
    while (walker.nextNode()) {
      const text = walker.currentNode as Text
      const isShown = text.data.trim() !== '' && text.parentElement?.checkVisibility()
      const problem = isShown ? problemOf(text) : null
      const where = text.parentElement?.closest('[class]')
      if (problem) {
        found.push(
          `${problem}: “${text.data.trim().slice(0, 24)}” in ${where?.tagName.toLowerCase()}.${where?.className.toString().slice(0, 60)}`,
        )
      }
    }
    return found
  })

/** Short words that are broken in two, because a long one beside them took their room. */
export const tornFaults = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const text = walker.currentNode as Text
      if (!text.parentElement?.checkVisibility()) continue
      for (const { index, 0: word } of text.data.matchAll(/(?<![^\s])[A-Za-z]{2,12}(?![^\s])/g)) {
        const range = document.createRange()
        range.setStart(text, index)
        range.setEnd(text, index + word.length)
        const tops = [...range.getClientRects()].map(({ top }) => Math.round(top))
        if (Math.max(...tops) - Math.min(...tops) > 4) {
          const of = text.parentElement?.closest('[class]')
          found.push(
            `“${word}” is torn in ${of?.tagName.toLowerCase()}.${of?.className.toString().slice(0, 60)}`,
          )
        }
      }
    }
    return found
  })

/** Pictures that lost their width to a text beside them. */
export const squeezedFaults = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('svg')]
      .filter((svg) => svg.checkVisibility() && svg.getAttribute('viewBox') === '0 0 24 24')
      .flatMap((svg) => {
        const { width, height } = svg.getBoundingClientRect()
        const of = svg.parentElement?.textContent?.trim().slice(0, 30)
        return width < height * 0.9
          ? [`a picture of ${height} px is ${width} px wide: “${of}”`]
          : []
      }),
  )

/** Buttons that something else lies on at this moment. */
const covered = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('main button')].flatMap((button) => {
      if (!button.checkVisibility({ visibilityProperty: true })) return []
      button.scrollIntoView({ block: 'center', inline: 'nearest' })
      const { left, top, width, height } = button.getBoundingClientRect()
      const over = [0.2, 0.5, 0.8]
        .map((part) => document.elementFromPoint(left + width * part, top + height / 2))
        .find((there) => there && !button.contains(there) && !there.contains(button))
      const name = button.getAttribute('aria-label') ?? button.textContent
      return over ? [`“${name}” is under ${over.tagName} “${over.textContent?.slice(0, 20)}”`] : []
    }),
  )

/** Buttons that something else lies on, and stays there, so that a press does not reach them. */
export async function coveredFaults(page: Page): Promise<string[]> {
  if ((await covered(page)).length === 0) return []
  // a window that was just made wider may still be moving its parts
  await page.waitForTimeout(500)
  return covered(page)
}

/** Where pages are kept as pictures when somebody wants to look; nothing is written otherwise. */
const pictures = process.env.PORTICO_PICTURES

export async function picture(page: Page, name: string): Promise<void> {
  if (!pictures) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
}

/**
 * Shows a page in other colours. They change by transitions, however short, and what inherits a colour
 * begins its own a frame later: nothing is looked at before the last one has ended.
 */
export async function inColors(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme })
  await page.evaluate(async () => {
    for (let [quiet, frames] = [0, 0]; quiet < 3 && frames < 120; frames += 1) {
      await new Promise(requestAnimationFrame)
      const isChanging = document.getAnimations().some((one) => one instanceof CSSTransition)
      quiet = isChanging ? 0 : quiet + 1
    }
  })
}

/**
 * What is wrong with a page of the dashboard as it stands, at both widths and in both themes, which
 * differ in colours alone.
 */
export async function looksFaults(page: Page, name: string): Promise<string[]> {
  const found: string[] = []
  for (const width of [1440, 390]) {
    await inColors(page, 'light')
    await unroll(page, width)
    found.push(...(await unrolledFaults(page)))
    found.push(...(await widthFaults(page)))
    await picture(page, `${name}-light-${width}`)
    await inColors(page, 'dark')
    found.push(...(await contrastFaults(page)).map((fault) => `dark: ${fault}`))
    await picture(page, `${name}-dark-${width}`)
  }
  return found
}
