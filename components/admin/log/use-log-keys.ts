'use client'
import { useKeys } from '@/components/kit/use-keys'

const rows = '[data-log-row]'

const onOtherControl = (target: EventTarget | null) =>
  target instanceof Element &&
  target.closest('button, a, summary, [role="button"]') !== null &&
  target.closest(rows) === null

/** Space pauses; the list handles `j` and `k`, and buttons handle Enter. */
export function useLogKeys(togglePause: () => void) {
  useKeys((key, event) => {
    if (key !== ' ' || onOtherControl(event.target)) return false
    if (!event.repeat) togglePause()
    return true
  })
}
