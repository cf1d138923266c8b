import type { HandshakeData, HandshakeRow } from '@/lib/admin/handshakes/views'
import { openEventStream } from '../mcp/event-stream'
import type { Operator } from './operator'

const path = '/admin/handshakes/stream'
const fromTheBeginning = { after: '0' }

/**
 * Waits until the list of handshakes satisfies a predicate; returns it oldest first.
 *
 * @throws {Error} with the last list, on timeout
 */
export async function untilHandshakes(
  operator: Operator,
  isDone: (rows: readonly HandshakeRow[]) => boolean,
  query: Readonly<Record<string, string>> = {},
  timeoutMs?: number,
): Promise<HandshakeRow[]> {
  const stream = await openEventStream(operator, path, { ...fromTheBeginning, ...query })
  const rows = (): HandshakeRow[] => {
    const latest = new Map<string, HandshakeRow>()
    for (const { event, data } of stream.events) {
      const row = data as HandshakeRow
      if (event === 'handshake') latest.set(row.id, row)
      if (event === 'gone') latest.delete(row.id)
    }
    const inTime = (a: HandshakeRow, b: HandshakeRow) =>
      a.startedAt.localeCompare(b.startedAt) || a.id.localeCompare(b.id)
    return [...latest.values()].sort(inTime)
  }
  try {
    await stream.until(() => isDone(rows()), timeoutMs)
    return rows()
  } finally {
    await stream.close()
  }
}

/** Waits until one handshake satisfies a predicate; returns its page's data. */
export async function untilHandshake(
  operator: Operator,
  id: string,
  isDone: (view: HandshakeData) => boolean = () => true,
): Promise<HandshakeData> {
  const stream = await openEventStream(operator, path, { ...fromTheBeginning, id })
  const latest = () =>
    stream.events.findLast(({ event }) => event === 'detail')?.data as HandshakeData | undefined
  const isReady = () => {
    const view = latest()
    return view !== undefined && isDone(view)
  }
  try {
    await stream.until(isReady)
    return latest() as HandshakeData
  } finally {
    await stream.close()
  }
}
