import 'server-only'
import { type FindingRow, toFindingRow } from '@/lib/admin/finding-row'
import type { Caller } from '@/lib/auth/declared'
import { judge } from '@/lib/doctor/findings'
import { goldenTrace } from '@/lib/handshake/golden-trace'
import type { Handshake } from '@/lib/handshake/handshake'
import {
  findHandshake,
  lastGoodHandshake,
  retryOfHandshake,
} from '@/lib/store/handshakes/handshakes'
import { toCompared, toHandshakeEventRows, toHandshakeRows, toStageViews } from './rows'
import type { HandshakeData } from './views'

/** Whether a text from a URL can be a handshake id; if not, the database is not queried. */
export const isHandshakeId = (text: string): boolean => /^hs_\d{1,19}$/.test(text)

/** One handshake in its current state, or `null`. */
export async function viewHandshake(caller: Caller, id: string): Promise<HandshakeData | null> {
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

/**
 * The findings of a handshake, likeliest first.
 *
 * @param now milliseconds since the epoch
 */
export async function findingsOf(
  _: Caller,
  handshake: Handshake,
  now: number,
): Promise<FindingRow[]> {
  return (await judge(handshake, now)).findings.map(toFindingRow)
}
