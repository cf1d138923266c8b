'use client'
import { useSyncExternalStore } from 'react'

/**
 * A value of this browser that is shared by components far from each other.
 *
 * @param initial on the server, and until it is set
 */
export function createStore<Value>(initial: Value) {
  let present = initial
  const listeners = new Set<() => void>()
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return {
    set(next: Value) {
      present = next
      for (const listener of listeners) listener()
    },
    useValue: (): Value =>
      useSyncExternalStore(
        subscribe,
        () => present,
        () => initial,
      ),
  }
}
