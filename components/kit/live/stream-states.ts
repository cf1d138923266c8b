'use client'
import { useSyncExternalStore } from 'react'

/** What is known of a stream: `down` means that it was tried several times in vain. */
export type StreamState = 'connecting' | 'live' | 'reconnecting' | 'down'

/** The worse one speaks for all. */
const worstFirst: readonly StreamState[] = ['down', 'reconnecting', 'connecting', 'live']

const streams = new Map<symbol, StreamState>()
const listeners = new Set<() => void>()

function tell() {
  for (const listener of listeners) listener()
}

/** Makes a stream of the page known to {@link useStreams}. */
export function showStream() {
  const key = Symbol('stream')
  return {
    set: (state: StreamState) => {
      streams.set(key, state)
      tell()
    },
    remove: () => {
      streams.delete(key)
      tell()
    },
  }
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const worst = (): StreamState | null => {
  const present = new Set(streams.values())
  return worstFirst.find((state) => present.has(state)) ?? null
}

/** How the streams of the present page are; `null` when it follows none. */
export const useStreams = (): StreamState | null =>
  useSyncExternalStore(subscribe, worst, () => null)
