import 'server-only'
import type { Attempt } from '@/lib/handshake/attempt'
import type { HandshakeEvent } from '@/lib/handshake/handshake'
import { join, joinOverdue } from '@/lib/handshake/join'
import type { Joined } from '@/lib/handshake/join-state'
import { lanes } from '@/lib/handshake/lane'
import type { Connection } from '@/lib/store/database/database'
import { isOwnQuestion, type Moment } from './events'
import type { HeldState } from './state'

/** How much a turn of joining takes on. */

/** Attempts that are judged again in one turn. */
export const mostDue = 100
/** Attempts that are written in one turn. */
const mostTouched = 200

const select = { id: true, retryOfId: true } as const
type Due = { readonly id: string; readonly retryOfId: string | null }

/** What is to be judged again, a page of it: that of people first, whatever strangers have brought about. */
export async function dueHandshakes(connection: Connection, now: number): Promise<Due[]> {
  const found: Due[] = []
  for (const lane of lanes) {
    const where = { lane, lookAgainAt: { lte: new Date(now) } }
    const take = mostDue - found.length
    const orderBy = { lookAgainAt: 'asc' } as const
    if (take > 0)
      found.push(...(await connection.handshake.findMany({ where, orderBy, take, select })))
  }
  return found
}

type SomeJoined = {
  readonly joined: readonly (Joined & { readonly toldAt: number })[]
  readonly touched: Set<Attempt>
  /** the last event that was joined, where there are more; `null` when all were */
  readonly stoppedAt: Moment | null
}

/**
 * Joins events, up to so many attempts: each is judged and written, and a turn that takes too long is
 * undone as a whole.
 *
 * @param until up to when every event is among them; `null` where there are more
 */
export function joinSome(
  held: HeldState,
  events: readonly HandshakeEvent[],
  from: Moment,
  until: number | null,
): SomeJoined {
  const joined: (Joined & { toldAt: number })[] = []
  const touched = new Set<Attempt>()
  for (const [place, event] of events.entries()) {
    if (isOwnQuestion(event)) continue
    for (const given of join(held.state, event)) {
      joined.push({ ...given, toldAt: event.at })
      touched.add(given.attempt)
    }
    const isLast = place === events.length - 1
    // what came late was joined out of its order: the cursor never goes back
    const isLate = event.at < from.at || (event.at === from.at && BigInt(event.id) <= from.id)
    if (touched.size >= mostTouched && !isLast && !isLate) {
      return { joined, touched, stoppedAt: { at: event.at, id: BigInt(event.id) } }
    }
  }
  for (const given of until === null ? [] : joinOverdue(held.state, until)) {
    joined.push({ ...given, toldAt: until ?? given.event.at })
    touched.add(given.attempt)
  }
  return { joined, touched, stoppedAt: null }
}
