'use client'
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'

const STORAGE_KEY = 'portico-shortcuts'
const CHANGED = 'portico-shortcuts-changed'

function subscribe(listener: () => void) {
  window.addEventListener(CHANGED, listener)
  window.addEventListener('storage', listener)
  return () => {
    window.removeEventListener(CHANGED, listener)
    window.removeEventListener('storage', listener)
  }
}

const enabled = () => localStorage.getItem(STORAGE_KEY) !== 'off'

/** Whether single-key shortcuts are on in this browser, and a setter (WCAG 2.1.4). */
export function useShortcutsEnabled(): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(subscribe, enabled, () => true)
  const set = (next: boolean) => {
    localStorage.setItem(STORAGE_KEY, next ? 'on' : 'off')
    window.dispatchEvent(new Event(CHANGED))
  }
  return [on, set]
}

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

const occupied = () =>
  document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null

/**
 * Handles single keys while no field, dialog or menu is active, and shortcuts are on.
 *
 * @param onKey returns true if it handled the key
 */
export function useKeys(onKey: (key: string, event: KeyboardEvent) => boolean) {
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (typing(event.target) || occupied() || !enabled()) return
    if (onKey(event.key, event)) event.preventDefault()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => handle(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}
