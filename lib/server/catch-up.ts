import 'server-only'
import { sendDueAlerts } from '@/lib/alerts/sender'
import { processWide } from '@/lib/process-wide'
import { tellOfTrouble } from '@/lib/recorder/handshake-alerts'
import { joinInTurn } from '@/lib/recorder/joiner'
import { housekeepInTurn } from './housekeeping'

/**
 * What timers do on a host that stays, done beside an answer: functions have no other time. Whatever
 * stops in between, whoever comes next goes on from there.
 */

/** Ordinary calls tell of no handshake; now and then they catch up all the same. */
const quietMs = 30_000
/** So many turns beside one answer. */
const mostTurns = 3

const last = processWide('catch-up', (): { at: number; running: Promise<void> | null } => ({
  at: 0,
  running: null,
}))

async function catchUp(): Promise<void> {
  last.at = Date.now()
  await joinInTurn(mostTurns)
  await tellOfTrouble(Date.now())
  await sendDueAlerts()
  await housekeepInTurn(new Date())
}

/**
 * Joins, judges, tells and tidies up after a request.
 *
 * @param hasNews whether it recorded anything that may change a verdict
 */
export async function catchUpAfter(hasNews: boolean): Promise<void> {
  if (!hasNews && Date.now() - last.at < quietMs) return
  // of requests at once, the later ones may have recorded what the first did not see
  const before = last.running
  const run = (before ?? Promise.resolve()).then(catchUp, catchUp).finally(() => {
    if (last.running === run) last.running = null
  })
  last.running = run
  await run
}
