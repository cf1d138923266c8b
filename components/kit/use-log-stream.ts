'use client'
import type { StreamState } from '@/components/kit/live/stream-states'
import { type Stream, useEventStream } from '@/components/kit/live/use-event-stream'
import type { EventRow } from '@/lib/admin/views'

/** Streams log events into `onRows`, and updated counts of older ones into `onAgain`. */
export const useLogStream = (
  stream: Stream | null,
  onRows: (rows: readonly EventRow[]) => void,
  onAgain: (rows: readonly EventRow[]) => void = () => {},
): StreamState =>
  useEventStream(stream, 'log again', (messages) => {
    const rowsOf = (name: string) =>
      messages.flatMap(({ event, data }) => (event === name ? [data as EventRow] : []))
    const [rows, again] = [rowsOf('log'), rowsOf('again')]
    if (rows.length > 0) onRows(rows)
    if (again.length > 0) onAgain(again)
  })
