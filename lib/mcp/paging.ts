import { z } from 'zod'
import { charactersInResult, mostCharacters } from './limits'
import { ToolError } from './tool-error'

/** The arguments of a tool that answers in pages. */
export const pagingInput = {
  limit: z.int().min(1).max(100).default(20).describe('how many at most, 1 to 100'),
  cursor: z
    .string()
    .regex(/^[\w-]{1,200}$/)
    .optional()
    .describe('"next_cursor" of the page before; leave out for the first page'),
}

/** What a tool that answers in pages says besides its items. */
export const nextCursor = z
  .string()
  .nullable()
  .describe('pass it as "cursor" for the next page; null on the last one')

/** Items of a page, and where the next one begins. */
export type ToolPage<Item> = {
  readonly items: Item[]
  readonly next: string | null
}

/** What a page leaves to the rest of the answer, in characters of a result. */
const reserve = 5000

/**
 * Cuts a page from items so that it has at most `limit` of them and its result is not too large for
 * Claude. There is always one item on it, or paging would not end.
 *
 * @param items in their order; more than `limit` of them, where there are more
 * @param cursorOf what names an item, so that the page after it can be asked for
 */
export function toToolPage<Item>(
  items: readonly Item[],
  limit: number,
  cursorOf: (item: Item) => string,
): ToolPage<Item> {
  let room = mostCharacters - reserve
  let fit = 0
  for (const item of items.slice(0, limit)) {
    room -= charactersInResult(`${JSON.stringify(item)},`)
    if (room < 0 && fit > 0) break
    fit += 1
  }
  const shown = items.slice(0, fit)
  const last = shown.at(-1)
  const more = items.length > fit && last !== undefined
  return { items: shown, next: more ? cursorOf(last) : null }
}

/** The refusal of a cursor that leads nowhere, rather than an empty page that looks like the last. */
export const unknownCursor = (): ToolError =>
  new ToolError(
    '"cursor" is not one that this tool gave, or what it named is gone; start without it',
  )

/** Text to search for; PostgreSQL takes no NUL. */
export const searchInput = z
  .string()
  .max(200)
  .transform((text) => text.replaceAll('\u0000', '').trim() || undefined)
  .optional()
