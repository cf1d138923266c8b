'use client'
import { createStore } from '@/components/kit/store'

/** The state of a stream: `down` means that several attempts failed. */
export type StreamState = 'connecting' | 'live' | 'reconnecting' | 'down'

/** The worst state counts. */
const worstFirst: readonly StreamState[] = ['down', 'reconnecting', 'connecting', 'live']

const streams = new Map<symbol, StreamState>()
const worst = createStore<StreamState | null>(null)

function compare() {
  const present = new Set(streams.values())
  worst.set(worstFirst.find((state) => present.has(state)) ?? null)
}

/** Registers one of the page's streams with {@link useStreams}. */
export function registerStream() {
  const key = Symbol('stream')
  return {
    set: (state: StreamState) => {
      streams.set(key, state)
      compare()
    },
    remove: () => {
      streams.delete(key)
      compare()
    },
  }
}

/** The state of the page's streams; `null` if it has none. */
export const useStreams = worst.useValue
