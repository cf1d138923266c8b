import type { EventRow } from '@/lib/admin/views'

/** The most events the page keeps; older ones are in the database. */
export const MOST_EVENTS = 5000

/** Newest first by time, then by id; ids are decimal strings of different lengths. */
function newestFirst(a: EventRow, b: EventRow): number {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1
  if (a.id.length !== b.id.length) return b.id.length - a.id.length
  return a.id < b.id ? 1 : -1
}

/** Adds events, which may repeat or be out of order; keeps the newest {@link MOST_EVENTS}. */
export function mergeEvents(
  rows: readonly EventRow[],
  arrived: readonly EventRow[],
): readonly EventRow[] {
  const known = new Set(rows.map((row) => row.id))
  const added = arrived.filter((row) => {
    const isNew = !known.has(row.id)
    known.add(row.id)
    return isNew
  })
  if (added.length === 0) return rows
  return [...added, ...rows].sort(newestFirst).slice(0, MOST_EVENTS)
}

/** Updates the counts of folded events; ignores events that are not in the list. */
export function recountEvents(
  rows: readonly EventRow[],
  again: readonly EventRow[],
): readonly EventRow[] {
  const counts = new Map(again.map((row) => [row.id, row]))
  if (!rows.some(({ id }) => counts.has(id))) return rows
  return rows.map((row) => {
    const { count, lastAt } = counts.get(row.id) ?? row
    return count === row.count ? row : { ...row, count, lastAt }
  })
}
