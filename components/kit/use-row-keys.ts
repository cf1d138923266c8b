'use client'
import { useKeys } from './use-keys'

/**
 * Moves the focus by `step` among the matching elements; without focus it starts at the first.
 *
 * @returns whether there are any
 */
function moveFocus(selector: string, step: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>(selector)]
  const at =
    document.activeElement instanceof HTMLElement ? rows.indexOf(document.activeElement) : -1
  const next = rows[at < 0 ? 0 : at + step]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
  return rows.length > 0
}

/** `j` and `k` move between the matching elements; `onKey` handles every other key. */
export function useRowKeys(selector: string, onKey: (key: string) => boolean = () => false) {
  useKeys((key) => {
    if (key === 'j') return moveFocus(selector, 1)
    if (key === 'k') return moveFocus(selector, -1)
    return onKey(key)
  })
}
