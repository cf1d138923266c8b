import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { fitsResult } from '@/lib/mcp/limits'
import { pagingInput, searchInput, toToolPage } from '@/lib/mcp/paging'

type Item = { readonly id: string; readonly text: string }

const item = (id: number, length: number, letter = 'a'): Item => ({
  id: String(id),
  text: letter.repeat(length),
})
const items = (count: number, length: number, letter?: string) =>
  Array.from({ length: count }, (_, at) => item(at, length, letter))

const page = (from: readonly Item[], limit: number) => toToolPage(from, limit, ({ id }) => id)

/** Every page of a list, as a client that follows "next_cursor" reads it. */
function allPages(all: readonly Item[], limit: number): Item[][] {
  const pages: Item[][] = []
  let from = 0
  for (;;) {
    const { items: shown, next } = page(all.slice(from, from + limit + 1), limit)
    pages.push(shown)
    if (next === null) return pages
    from = all.findIndex(({ id }) => id === next) + 1
  }
}

describe('a page', () => {
  test.each<[string, Item[], number, number, string | null]>([
    ['of nothing', [], 20, 0, null],
    ['of all there is', items(3, 10), 3, 3, null],
    ['of fewer than there are', items(4, 10), 3, 3, '2'],
    ['of as many as fit', items(101, 10_000), 100, 7, '6'],
    ['of fewer, where they take more room', items(101, 10_000, '"'), 100, 2, '1'],
    ['of one that is too large by itself', items(2, 200_000), 20, 1, '0'],
  ])('%s', (_, all, limit, count, next) => {
    const found = page(all, limit)
    expect([found.items.length, found.next]).toEqual([count, next])
  })

  test('follows page: all items come, each once, in order, and each page fits', () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 60 })
    const letters = fc.constantFrom('a', '"', '\\', '\n', 'é')
    fc.assert(
      fc.property(lengths, letters, fc.integer({ min: 1, max: 30 }), (sizes, letter, limit) => {
        const all = sizes.map((size, at) => item(at, size, letter))
        const pages = allPages(all, limit)
        expect(pages.flat()).toEqual(all)
        for (const shown of pages) {
          expect(shown.length).toBeLessThanOrEqual(limit)
          if (shown.length > 1) expect(fitsResult(JSON.stringify({ items: shown }))).toBe(true)
        }
      }),
      { numRuns: 40 },
    )
  })
})

test.each([
  ['a\u0000b ', 'ab'],
  [' \u0000', undefined],
  [undefined, undefined],
])('text %j is searched for as %j', (text, searched) => {
  expect(searchInput.parse(text)).toBe(searched)
})

test.each(['', 'a b', '\u0000', 'a'.repeat(201)])('%j is no cursor', (cursor) => {
  expect(z.object(pagingInput).safeParse({ cursor }).success).toBe(false)
})
