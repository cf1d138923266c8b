'use client'
import { useKeys } from '@/components/admin/shell/use-keys'
import { moveFocus } from '@/components/admin/shell/use-row-keys'

const rows = '[data-log-row]'

const onOtherControl = (target: EventTarget | null) =>
  target instanceof Element &&
  target.closest('button, a, summary, [role="button"]') !== null &&
  target.closest(rows) === null

/** `j` and `k` move between events, Space pauses; Enter opens, as on any button. */
export function useLogKeys(togglePause: () => void) {
  useKeys((key, event) => {
    if (key === 'j') return moveFocus(rows, 1)
    if (key === 'k') return moveFocus(rows, -1)
    if (key !== ' ' || onOtherControl(event.target)) return false
    if (!event.repeat) togglePause()
    return true
  })
}
