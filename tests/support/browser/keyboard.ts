import type { Page } from 'playwright-core'

type Walk = { readonly all: Element[]; readonly reached: Set<Element>; readonly dim: Set<Element> }
type Walked = typeof globalThis & { porticoWalk?: Walk }

/** Where Tab is pressed: on the whole page, or only after the shared frame. */
export type TabRange = 'page' | 'content'

/** Finds what Tab should reach, then records what gets the focus and whether that is visible. */
const prepare = (page: Page, range: TabRange): Promise<number> =>
  page.evaluate((isPart) => {
    const part = isPart ? document.getElementById('content') : null
    const isTabbable = (element: Element): boolean =>
      element instanceof HTMLElement &&
      element.tabIndex >= 0 &&
      !element.matches(':disabled, [inert] *, [aria-hidden="true"] *, [data-sonner-toaster] *') &&
      element.checkVisibility({ visibilityProperty: true })
    // Tab reaches one of a group of radio buttons
    const all = [
      ...(part ?? document).querySelectorAll(
        'a[href], button, input, select, textarea, summary, [tabindex]',
      ),
    ]
      .filter((element) => !element.matches('input[type="radio"]'))
      .filter(isTabbable)
    // the outline may belong to the row around it, or be drawn over it
    const isFocusShown = (element: Element): boolean =>
      getComputedStyle(element).boxShadow !== 'none' ||
      [element, element.parentElement, element.parentElement?.parentElement]
        .flatMap((one) =>
          one ? [null, '::before', '::after'].map((pseudo) => getComputedStyle(one, pseudo)) : [],
        )
        .some(({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && outlineWidth !== '0px')
    ;(document.activeElement as HTMLElement | null)?.blur()
    // an element that only scripts can focus need not show it
    part?.focus()
    const walk: Walk = { all, reached: new Set(), dim: new Set() }
    ;(globalThis as Walked).porticoWalk = walk
    document.addEventListener('focusin', ({ target: element }) => {
      if (!(element instanceof Element)) return
      walk.reached.add(element)
      // a group passes the focus on to one of its members
      setTimeout(() => {
        if (document.activeElement === element && !isFocusShown(element)) walk.dim.add(element)
      })
    })
    return all.length
  }, range === 'content')

const report = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const walk = (globalThis as Walked).porticoWalk
    if (!walk) return []
    const nameOf = (element: Element) =>
      `${element.tagName.toLowerCase()} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}”`
    return [
      ...walk.all
        .filter((element) => element.isConnected && !walk.reached.has(element))
        // a group passes the focus on to one of its members
        .filter((element) => ![...walk.reached].some((reached) => element.contains(reached)))
        .map((element) => `Tab does not reach ${nameOf(element)}`),
      ...[...walk.dim].map((element) => `one cannot see the focus on ${nameOf(element)}`),
    ]
  })

/** What Tab does not reach, or reaches without showing it (WCAG 2.2 §2.1.1, §2.4.7). */
export async function keyboardFaults(page: Page, range: TabRange): Promise<string[]> {
  const count = await prepare(page, range)
  for (let presses = 0; presses < count + 2; presses += 1) {
    await page.keyboard.press('Tab')
  }
  return report(page)
}
