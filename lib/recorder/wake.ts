import 'server-only'
import { env } from '@/lib/config/env'
import { processWide } from '@/lib/process-wide'
import { callsOnly, notify } from '@/lib/store/database/notifications'

/** The readers of the live feed are woken so soon after something is written, and not more often. */
const wake = { afterMs: 20, everyMs: 200 }

const waking = processWide(
  'waking',
  (): { timer: NodeJS.Timeout | null; callsOnly: boolean; lastAt: number } => ({
    timer: null,
    callsOnly: true,
    lastAt: 0,
  }),
)

/**
 * Wakes the readers on every instance, after the commit: a NOTIFY within would make transactions
 * wait for one another's flush to disk. A wake-up that is lost costs a reader a moment.
 *
 * @param isCallsOnly whether nothing was written but tool calls that succeeded
 */
export function wakeReaders(isCallsOnly: boolean): void {
  // functions look for themselves, and a timer of theirs may never fire
  if (env().isServerless) return
  waking.callsOnly &&= isCallsOnly
  const due = Math.max(wake.afterMs, waking.lastAt + wake.everyMs - Date.now())
  waking.timer ??= setTimeout(() => {
    const payload = waking.callsOnly ? callsOnly : ''
    Object.assign(waking, { timer: null, callsOnly: true, lastAt: Date.now() })
    notify('portico_events', payload).catch(() => undefined)
  }, due)
}
