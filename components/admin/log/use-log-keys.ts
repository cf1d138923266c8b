'use client'
import { useKeys } from '@/components/admin/shell/use-keys'

const rowButtons = () => [...document.querySelectorAll<HTMLElement>('[data-log-row]')]

/** Moves the focus by `step` events; from nowhere it starts at the newest. */
function move(step: 1 | -1): boolean {
  const buttons = rowButtons()
  const at =
    document.activeElement instanceof HTMLElement ? buttons.indexOf(document.activeElement) : -1
  const next = buttons[at < 0 ? 0 : at + step]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
  return buttons.length > 0
}

const onOtherControl = (target: EventTarget | null) =>
  target instanceof Element &&
  target.closest('button, a, summary, [role="button"]') !== null &&
  target.closest('[data-log-row]') === null

/** `j` and `k` move between events, Space pauses; Enter opens, as on any button. */
export function useLogKeys(togglePause: () => void) {
  useKeys((key, event) => {
    if (key === 'j') return move(1)
    if (key === 'k') return move(-1)
    if (key !== ' ' || onOtherControl(event.target)) return false
    if (!event.repeat) togglePause()
    return true
  })
}
