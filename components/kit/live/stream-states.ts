'use client'
import { useSyncExternalStore } from 'react'

/** The state of a stream: `down` means that several attempts failed. */
export type StreamState = 'connecting' | 'live' | 'reconnecting' | 'down'

/** The worst state counts. */
const worstFirst: readonly StreamState[] = ['down', 'reconnecting', 'connecting', 'live']

const streams = new Map<symbol, StreamState>()
const listeners = new Set<() => void>()

function notify() {
  for (const listener of listeners) listener()
}

/** Registers one of the page's streams with {@link useStreams}. */
export function registerStream() {
  const key = Symbol('stream')
  return {
    set: (state: StreamState) => {
      streams.set(key, state)
      notify()
    },
    remove: () => {
      streams.delete(key)
      notify()
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

/** The state of the page's streams; `null` if it has none. */
export const useStreams = (): StreamState | null =>
  useSyncExternalStore(subscribe, worst, () => null)
