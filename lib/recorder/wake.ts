import 'server-only'
import { env } from '@/lib/config/env'
import type { NewEvent } from '@/lib/events/fields'
import { processWide } from '@/lib/process-wide'
import { callsOnly, notify } from '@/lib/store/database/notifications'

/** How soon after a write the readers of the live feed are woken, and how often at most. */
const wake = { afterMs: 20, everyMs: 200 }

const waking = processWide(
  'waking',
  (): { timer: NodeJS.Timeout | null; callsOnly: boolean; lastAt: number } => ({
    timer: null,
    callsOnly: true,
    lastAt: 0,
  }),
)

/** Whether an event is an ordinary call, which changes no verdict. */
export const isCall = ({ name, outcome }: NewEvent): boolean =>
  name === 'mcp.called' && outcome === 'ok'

/**
 * Wakes the readers on every instance, after the commit: a NOTIFY within it would make transactions wait
 * for one another's flush to disk. A lost wake-up costs a reader a moment.
 *
 * @param isCallsOnly whether only successful tool calls were written
 */
export function wakeReaders(isCallsOnly: boolean): void {
  // functions poll, and a timer of theirs may never fire
  if (env().isServerless) return
  waking.callsOnly &&= isCallsOnly
  const due = Math.max(wake.afterMs, waking.lastAt + wake.everyMs - Date.now())
  waking.timer ??= setTimeout(() => {
    const payload = waking.callsOnly ? callsOnly : ''
    Object.assign(waking, { timer: null, callsOnly: true, lastAt: Date.now() })
    notify('portico_events', payload).catch(() => undefined)
  }, due)
}
