import type { Operator } from '../support/people/operator'
import type { Page } from './pages'

/** Each page is asked for so often, after once to warm up. */
const turns = 9

/** How long a page took, in milliseconds, each time, and how large it is. */
export type Served = Page & { readonly times: readonly number[]; readonly bytes: number }

/** Asks for a page and reads all of it. @throws {Error} where it is not served */
export async function open(
  operator: Operator,
  { path }: Page,
): Promise<{ ms: number; html: string }> {
  const since = performance.now()
  const answer = await operator.open(path)
  const html = await answer.text()
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
  return { ms: performance.now() - since, html }
}

/** Asks for all pages in turn, so that a slow second of the machine is no page's own. */
export async function measure(operator: Operator, pages: readonly Page[]): Promise<Served[]> {
  const bytes = new Map<Page, number>()
  for (const page of pages) bytes.set(page, (await open(operator, page)).html.length)
  const times = new Map(pages.map((page) => [page, [] as number[]]))
  for (let turn = 0; turn < turns; turn += 1) {
    for (const page of pages) times.get(page)?.push((await open(operator, page)).ms)
  }
  return pages.map((page) => ({
    ...page,
    times: times.get(page) ?? [],
    bytes: bytes.get(page) ?? 0,
  }))
}
