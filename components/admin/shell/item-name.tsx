'use client'
import { useEffect, useSyncExternalStore } from 'react'

let present: string | null = null
const listeners = new Set<() => void>()

function set(name: string | null) {
  present = name
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The current page's name for its item; `null` if it sets none. */
export const useItemName = (): string | null =>
  useSyncExternalStore(
    subscribe,
    () => present,
    () => null,
  )

/** Sets the breadcrumb's name of this page, such as the client's name instead of its id. */
export function ItemName({ name }: { readonly name: string }) {
  useEffect(() => {
    set(name)
    return () => set(null)
  }, [name])
  return null
}
