import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'

/** A user's browser page, addressed by its labels. */
export type Visitor = { readonly context: BrowserContext; readonly page: Page; faults(): string[] }

/** Opens a fresh browser context, without cookies, that records every error. */
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

/** Fills in the sign-in page and waits for the redirect. */
export async function signInAs(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => url.pathname !== '/sign-in')
}

/** The part of axe that is used in a page. */
type Axe = { run(of: Document, options: RunOptions): Promise<AxeResults> }

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
)

/** Violations of these rules, one line each. A page that was not left keeps its axe. */
async function violations(page: Page, runOnly: RunOptions['runOnly']): Promise<string[]> {
  // before its styles load, an element has the browser's default colours
  await page.waitForLoadState()
  // after an action the title may update last
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

/** The first rows of a long list contain every kind of row. */
const tallest = 5000

/**
 * Makes the window as wide as given and as tall as the page: axe would measure only half of a
 * target that the window's edge cuts.
 */
export async function unroll(page: Page, width: number): Promise<void> {
  // a page is never shorter than its window
  await page.setViewportSize({ width, height: 900 })
  const whole = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width, height: Math.max(900, Math.min(whole, tallest)) })
}

/** Axe violations of WCAG 2.2 AA on an unrolled page, one line each. */
export const unrolledFaults = (page: Page): Promise<string[]> =>
  violations(page, ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])

/** Axe violations of colour contrast (WCAG 2.2 §1.4.3), one line each. */
export const contrastFaults = (page: Page): Promise<string[]> =>
  violations(page, ['color-contrast'])

/** Axe violations of WCAG 2.2 AA on the page as it is, one line each. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const before = page.viewportSize() ?? { width: 1440, height: 900 }
  await unroll(page, before.width)
  const found = await unrolledFaults(page)
  await page.setViewportSize(before)
  return found
}

/** Elements that make a page wider than its window, in one line; none if it fits. */
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
    // innermost last
    const most = names.slice(-3).join(', ')
    return [`${scrollWidth - clientWidth} px wider than ${clientWidth} px: ${most}`]
  })

/**
 * Text that cannot be read: outside the window, or clipped by an edge without an ellipsis.
 * Text with an ellipsis, or in a scroll container, can be read.
 */
export const cutFaults = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { clientWidth } = document.documentElement
    const isUnseen = (style: CSSStyleDeclaration): boolean =>
      style.visibility !== 'visible' || style.clipPath !== 'none' || style.position === 'fixed'
    const isMarked = (style: CSSStyleDeclaration): boolean =>
      style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none'
    // the text's nearest ancestor that clips or scrolls
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

/** Short words broken in two because a long one beside them took their room. */
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

/** Pictures squeezed by a text beside them. */
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

/** Buttons that another element covers right now. */
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

/** Buttons that stay covered by another element, so that a click does not reach them. */
export async function coveredFaults(page: Page): Promise<string[]> {
  if ((await covered(page)).length === 0) return []
  // after a resize, elements may still be moving
  await page.waitForTimeout(500)
  return covered(page)
}

/** Folder for screenshots, if one is wanted; otherwise none are written. */
const pictures = process.env.PORTICO_PICTURES

export async function picture(page: Page, name: string): Promise<void> {
  if (!pictures) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
}

/**
 * Switches the theme. Colours change by transitions, and an inherited colour
 * starts its own a frame later: waits until the last one has ended.
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
 * Faults of a dashboard page as it is, at both widths and in both themes, which
 * differ only in colours.
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
