import type { StreamMessage } from '@/components/kit/live/follow-stream'
import type { GoneRow, HandshakeRow } from '@/lib/admin/handshakes/views'

/** The most rows the page keeps; older ones are on the next page. */
export const MOST_HANDSHAKES = 100

function newestFirst(a: HandshakeRow, b: HandshakeRow): number {
  if (a.startedAt !== b.startedAt) return a.startedAt < b.startedAt ? 1 : -1
  return a.id < b.id ? 1 : -1
}

/**
 * Merges a stream's changes: updates rows in place, adds new ones on top, removes deleted ones.
 * Rows older than the oldest one belong to another page.
 */
export function mergeRows(
  rows: readonly HandshakeRow[],
  messages: readonly StreamMessage[],
  isWhole: boolean,
): readonly HandshakeRow[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  const oldest = isWhole ? '' : (rows.at(-1)?.startedAt ?? '')
  for (const { event, data } of messages) {
    const row = data as HandshakeRow | GoneRow
    if (event === 'gone' || !('startedAt' in row)) byId.delete(row.id)
    else if (byId.has(row.id) || row.startedAt >= oldest) byId.set(row.id, row)
  }
  return [...byId.values()].sort(newestFirst).slice(0, MOST_HANDSHAKES)
}
