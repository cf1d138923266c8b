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

/** What the page that is shown calls its item; `null` when it says nothing. */
export const useItemName = (): string | null =>
  useSyncExternalStore(
    subscribe,
    () => present,
    () => null,
  )

/** Tells the breadcrumb what this page is about, such as the name of a client instead of its id. */
export function ItemName({ name }: { readonly name: string }) {
  useEffect(() => {
    set(name)
    return () => set(null)
  }, [name])
  return null
}
