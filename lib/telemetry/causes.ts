import 'server-only'
import { judge } from '@/lib/doctor/findings'
import { logError } from '@/lib/runtime/log'
import { findHandshake } from '@/lib/store/handshakes/handshakes'
import { measure } from './sinks'

/** Only a rebuild or a scan makes more handshakes fail at once. */
const mostWaiting = 50

let waiting = 0
let turn: Promise<void> = Promise.resolve()

async function countCause(id: string): Promise<void> {
  const now = Date.now()
  const found = await findHandshake(id, now)
  if (!found) return
  const { findings } = await judge(found.handshake, now)
  measure('portico_findings_total', 1, { rule: findings[0]?.rule ?? 'none' })
}

/** Counts the likeliest cause of a failed handshake in the background. */
export function noteCause(handshakeId: string): void {
  if (waiting >= mostWaiting) return
  waiting += 1
  turn = turn
    .then(() => countCause(handshakeId))
    .catch((error: Error) => logError(`cause of ${handshakeId}: ${error.message}`))
    .finally(() => {
      waiting -= 1
    })
}
