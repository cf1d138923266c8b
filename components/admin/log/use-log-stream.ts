'use client'
import { useEffect, useEffectEvent, useState } from 'react'
import type { EventRow } from '@/lib/admin/views'

/** What is known of the stream: `down` means that it was tried several times in vain. */
export type StreamState = 'connecting' | 'live' | 'reconnecting' | 'down'

const RETRY_MS = [1000, 2000, 5000, 10_000, 20_000]
const TRIES_UNTIL_DOWN = 3
const FLUSH_MS = 120

type Hooks = {
  readonly onRows: (rows: readonly EventRow[]) => void
  readonly onState: (state: StreamState) => void
}

/** Collects single events and hands them on a few times a second, however many there are. */
function batching(onRows: Hooks['onRows']) {
  let rows: EventRow[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    timer = undefined
    onRows(rows)
    rows = []
  }
  return {
    add(row: EventRow) {
      rows.push(row)
      timer ??= setTimeout(flush, FLUSH_MS)
    },
    stop: () => clearTimeout(timer),
  }
}

/**
 * Follows the log from `after` on. The browser reconnects by itself while the server can be
 * reached; where it gives up, because an answer was not a stream, this starts over from the last
 * event seen. @returns a function that ends it
 */
function follow(urlAfter: (cursor: string) => string, after: string, hooks: Hooks): () => void {
  let cursor = after
  let failures = 0
  let source: EventSource
  let retry: ReturnType<typeof setTimeout> | undefined
  const batch = batching(hooks.onRows)

  function open() {
    source = new EventSource(urlAfter(cursor))
    source.addEventListener('hello', () => {
      failures = 0
      hooks.onState('live')
    })
    source.addEventListener('log', (message) => {
      cursor = message.lastEventId || cursor
      batch.add(JSON.parse(message.data))
    })
    source.onerror = () => {
      failures += 1
      hooks.onState(failures >= TRIES_UNTIL_DOWN ? 'down' : 'reconnecting')
      if (source.readyState !== EventSource.CLOSED) return
      retry = setTimeout(open, RETRY_MS[Math.min(failures, RETRY_MS.length) - 1])
    }
  }
  function reopen() {
    clearTimeout(retry)
    source.close()
    open()
  }

  open()
  window.addEventListener('online', reopen)
  return () => {
    window.removeEventListener('online', reopen)
    clearTimeout(retry)
    batch.stop()
    source.close()
  }
}

/**
 * Streams events into `onRows` while `stream` is given.
 *
 * @param stream address without `after`, which is added, and the cursor to continue from
 */
export function useLogStream(
  stream: { readonly href: string; readonly cursor: string } | null,
  onRows: Hooks['onRows'],
): StreamState {
  const [state, setState] = useState<StreamState>('connecting')
  const receive = useEffectEvent(onRows)
  const href = stream?.href
  const cursor = stream?.cursor ?? ''

  useEffect(() => {
    if (href === undefined) return
    const urlAfter = (after: string) => {
      const url = new URL(href, window.location.href)
      url.searchParams.set('after', after)
      return url.href
    }
    setState('connecting')
    return follow(urlAfter, cursor, { onRows: (rows) => receive(rows), onState: setState })
  }, [href, cursor])

  return state
}
