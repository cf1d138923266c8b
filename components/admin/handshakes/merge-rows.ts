import type { Message } from '@/components/kit/live/follow-stream'
import type { GoneRow, HandshakeRow } from '@/lib/admin/handshakes/views'

/** As many as the page keeps; older ones are on the next. */
export const MOST_ROWS = 100

function newestFirst(a: HandshakeRow, b: HandshakeRow): number {
  if (a.startedAt !== b.startedAt) return a.startedAt < b.startedAt ? 1 : -1
  return a.id < b.id ? 1 : -1
}

/**
 * The rows after what a stream told: changed ones in their place, new ones on top, gone ones away.
 * What is older than the oldest row belongs to another page.
 */
export function mergeRows(
  rows: readonly HandshakeRow[],
  messages: readonly Message[],
  isWhole: boolean,
): readonly HandshakeRow[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  const oldest = isWhole ? '' : (rows.at(-1)?.startedAt ?? '')
  for (const { event, data } of messages) {
    const row = data as HandshakeRow | GoneRow
    if (event === 'gone' || !('startedAt' in row)) byId.delete(row.id)
    else if (byId.has(row.id) || row.startedAt >= oldest) byId.set(row.id, row)
  }
  return [...byId.values()].sort(newestFirst).slice(0, MOST_ROWS)
}
