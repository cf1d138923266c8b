import 'server-only'
import type { Caller } from '@/lib/auth/declared'
import { goldenTrace } from '@/lib/handshake/golden-trace'
import {
  findHandshake,
  lastGoodHandshake,
  retryOfHandshake,
} from '@/lib/store/handshakes/handshakes'
import { toCompared, toHandshakeEventRows, toHandshakeRows, toStageViews } from './rows'
import type { HandshakeView } from './views'

/** One handshake in its current state, or `null`. */
export async function viewHandshake(caller: Caller, id: string): Promise<HandshakeView | null> {
  const now = Date.now()
  const found = await findHandshake(id, now)
  if (!found) return null
  const { listed, handshake } = found
  const [[row], events, retriedBy, lastGood] = await Promise.all([
    toHandshakeRows(caller, [listed]),
    toHandshakeEventRows(caller, handshake.events),
    retryOfHandshake(id),
    lastGoodHandshake(handshake.surface, id, now),
  ])
  if (!row) return null
  return {
    row,
    stages: toStageViews(handshake),
    events,
    handshake,
    retriedBy,
    golden: goldenTrace,
    lastGood: lastGood && toCompared(lastGood),
    now: new Date(now).toISOString(),
  }
}
