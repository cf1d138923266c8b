import 'server-only'
import { sendDueAlerts } from '@/lib/alerts/sender'
import { processWide } from '@/lib/process-wide'
import { reportTrouble } from '@/lib/recorder/handshake-alerts'
import { joinInTurn } from '@/lib/recorder/joiner'
import { housekeepInTurn } from './housekeeping'

/**
 * Does the work of timers alongside an answer, because functions have no other time. If one is stopped,
 * the next request continues.
 */

/** Calls without news catch up at most this often. */
const quietMs = 30_000
/** Turns of joining alongside one answer. */
const mostTurns = 3

const last = processWide('catch-up', (): { at: number; running: Promise<void> | null } => ({
  at: 0,
  running: null,
}))

async function catchUp(): Promise<void> {
  last.at = Date.now()
  await joinInTurn(mostTurns)
  await reportTrouble(Date.now())
  await sendDueAlerts()
  await housekeepInTurn(new Date())
}

/**
 * Joins and judges handshakes, sends alerts and runs housekeeping after a request.
 *
 * @param hasNews whether the request recorded anything that may change a verdict
 */
export async function catchUpAfter(hasNews: boolean): Promise<void> {
  if (!hasNews && Date.now() - last.at < quietMs) return
  // runs once more: concurrent requests may have recorded events that the running turn did not see
  const before = last.running
  const run = (before ?? Promise.resolve()).then(catchUp, catchUp).finally(() => {
    if (last.running === run) last.running = null
  })
  last.running = run
  await run
}
