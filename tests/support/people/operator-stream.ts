import type { EventRow } from '@/lib/admin/views'
import { openEventStream } from '../mcp/event-stream'
import type { Operator } from './operator'

/** One event of the live log, and its cursor. */
export type StreamedRow = { readonly id: string; readonly row: EventRow }

/** The live log as a browser's EventSource reads it. */
export type LiveLog = {
  readonly response: Response
  /** all rows so far */
  readonly rows: StreamedRow[]
  /** waits until the condition holds for the rows */
  until(isDone: (rows: readonly StreamedRow[]) => boolean): Promise<void>
  /** resolves at the end: whether the server ended it cleanly */
  readonly ended: Promise<boolean>
  close(): Promise<void>
}

/**
 * Opens the live log.
 *
 * @param lastEventId of an earlier stream, to miss no event
 */
export async function openLiveLog(
  browser: Operator,
  query: Readonly<Record<string, string>> = {},
  lastEventId?: string,
): Promise<LiveLog> {
  const stream = await openEventStream(browser, '/admin/log/stream', query, lastEventId)
  const rowsOf = () =>
    stream.events.flatMap(({ id, event, data }) =>
      event === 'log' ? [{ id, row: data as EventRow }] : [],
    )
  return {
    ...stream,
    get rows() {
      return rowsOf()
    },
    until: (isDone) => stream.until(() => isDone(rowsOf())),
  }
}
