import { z } from 'zod'
import { charactersInResult, mostCharacters } from './limits'
import { ToolError } from './tool-error'

/** The arguments of a paged tool. */
export const pagingInput = {
  limit: z.int().min(1).max(100).default(20).describe('how many at most, 1 to 100'),
  cursor: z
    .string()
    .regex(/^[\w-]{1,200}$/)
    .optional()
    .describe('"next_cursor" of the page before; leave out for the first page'),
}

/** What a paged tool returns besides its items. */
export const nextCursor = z
  .string()
  .nullable()
  .describe('pass it as "cursor" for the next page; null on the last one')

/** What a page leaves for the rest of the result, in characters. */
const reserve = 5000

/**
 * Takes a page of at most `limit` items whose result is not too large for Claude. A page always has
 * one item, or paging would never end.
 *
 * @param items in order; more than `limit` of them when there is another page
 * @param cursorOf the cursor that leads to the page after an item
 * @returns the items, and the cursor of the next page
 */
export function toToolPage<Item>(
  items: readonly Item[],
  limit: number,
  cursorOf: (item: Item) => string,
): { items: Item[]; next: string | null } {
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

/** The error for an unknown cursor: an empty page would look like the last one. */
export const unknownCursor = (): ToolError =>
  new ToolError(
    '"cursor" is not one that this tool gave, or what it named is gone; start without it',
  )

/** Text to search for; PostgreSQL accepts no NUL. */
export const searchInput = z
  .string()
  .max(200)
  .transform((text) => text.replaceAll('\u0000', '').trim() || undefined)
  .optional()
