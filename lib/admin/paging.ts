import type { AsJson, PageOf } from './views'

/** Rows on a page of a list. */
export const pageSize = 25

/** The URL of a page with its query, to return to after sign-in. */
export const addressOf =
  (path: string) =>
  (params: Readonly<Record<string, string | undefined>>): string => {
    const given = Object.entries(params).filter((entry): entry is [string, string] => !!entry[1])
    const search = new URLSearchParams(given).toString()
    return search ? `${path}?${search}` : path
  }

/** How many pages back a cursor remembers. */
const longestTrail = 40
const separator = '~'

/**
 * A cursor is the trail of the rows after which each page starts, so that a page knows its predecessor.
 * It names rows, not positions: rows added meanwhile do not shift pages.
 */
export function trailOf(cursor: string | undefined): string[] {
  if (!cursor || cursor === 'first' || cursor.length > 4000) return []
  return cursor.split(separator).filter((part) => /^[\w-]{1,100}$/.test(part))
}

/** The cursor of the page that starts after `mark`. */
export const cursorAfter = (trail: readonly string[], mark: string): string =>
  [...trail, mark].slice(-longestTrail).join(separator)

/**
 * Makes a page from up to `size + 1` rows; the extra row shows that there is a next page.
 *
 * @param markOf identifies a row in the cursor
 */
export function toPage<Row>(
  rows: readonly Row[],
  trail: readonly string[],
  markOf: (row: Row) => string,
  size = pageSize,
): PageOf<Row> {
  const shown = rows.slice(0, size)
  const last = shown.at(-1)
  const more = rows.length > size && last !== undefined
  return {
    rows: shown,
    next: more ? cursorAfter(trail, markOf(last)) : null,
    previous: trail.length === 0 ? null : trail.slice(0, -1).join(separator) || 'first',
  }
}

/** Free text for searching: trimmed, cut to the limit, `undefined` when empty. */
export const searchText = (text: string | undefined): string | undefined =>
  text?.replaceAll('\u0000', '').trim().slice(0, 200) || undefined

/** A row with its dates as ISO 8601 in UTC. */
export const asJson = <Row extends object>(row: Row): AsJson<Row> =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value instanceof Date ? value.toISOString() : value,
    ]),
  ) as AsJson<Row>
