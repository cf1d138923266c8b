'use client'
import { useEffect, useEffectEvent, useState } from 'react'
import { follow, type Hooks } from './follow-stream'
import { registerStream, type StreamState } from './stream-states'

/** The URL without `after`, which is added, and the cursor to start from. */
export type Stream = { readonly href: string; readonly cursor: string }

/**
 * Streams messages into `onMessages` while `stream` is set.
 *
 * @param events names of the server-sent events to subscribe to, separated by spaces
 */
export function useEventStream(
  stream: Stream | null,
  events: string,
  onMessages: Hooks['onMessages'],
): StreamState {
  const [state, setState] = useState<StreamState>('connecting')
  const receive = useEffectEvent(onMessages)
  const href = stream?.href
  const cursor = stream?.cursor ?? ''

  useEffect(() => {
    if (href === undefined) return
    const urlAfter = (after: string) => {
      const url = new URL(href, window.location.href)
      url.searchParams.set('after', after)
      return url.href
    }
    const shown = registerStream()
    const onState = (next: StreamState) => {
      shown.set(next)
      setState(next)
    }
    onState('connecting')
    const stop = follow(urlAfter, cursor, events.split(' '), {
      onMessages: (messages) => receive(messages),
      onState,
    })
    return () => {
      shown.remove()
      stop()
    }
  }, [href, cursor, events])

  return state
}
