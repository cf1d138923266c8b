'use client'
import type { StreamState } from '@/components/admin/live/stream-states'
import { type Stream, useEventStream } from '@/components/admin/live/use-event-stream'
import type { EventRow } from '@/lib/admin/views'

/** Streams events of the log into `onRows` while `stream` is given. */
export const useLogStream = (
  stream: Stream | null,
  onRows: (rows: readonly EventRow[]) => void,
): StreamState =>
  useEventStream(stream, 'log', (messages) => onRows(messages.map(({ data }) => data as EventRow)))
