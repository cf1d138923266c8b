import 'server-only'
import type { Attempt } from '@/lib/handshake/attempt'
import type { HandshakeEvent } from '@/lib/handshake/handshake'
import { join, joinOverdue } from '@/lib/handshake/join'
import type { Joined } from '@/lib/handshake/join-state'
import { lanes } from '@/lib/handshake/lane'
import type { Connection } from '@/lib/store/database/database'
import { isOwnQuestion, type LogPosition } from './events'
import { type Found, type HeldState, select } from './state'

/** Limits of one turn of joining. */

/** Attempts judged again in one turn. */
export const maxDue = 100
/** Attempts written in one turn. */
const maxTouched = 200

/** A page of the attempts to judge again: those of people first, however many strangers there are. */
export async function dueHandshakes(connection: Connection, now: number): Promise<Found[]> {
  const found: Found[] = []
  for (const lane of lanes) {
    const where = { lane, lookAgainAt: { lte: new Date(now) } }
    const take = maxDue - found.length
    const orderBy = { lookAgainAt: 'asc' } as const
    if (take > 0)
      found.push(...(await connection.handshake.findMany({ where, orderBy, take, select })))
  }
  return found
}

type SomeJoined = {
  readonly joined: readonly (Joined & { readonly toldAt: number })[]
  readonly touched: Set<Attempt>
  /** the last joined event when there are more; `null` when all were joined */
  readonly stoppedAt: LogPosition | null
}

/**
 * Joins events of a limited number of attempts: each is judged and written, and a turn that takes too long
 * is rolled back as a whole.
 *
 * @param until every event up to this time is included; `null` when there are more
 */
export function joinSome(
  held: HeldState,
  events: readonly HandshakeEvent[],
  from: LogPosition,
  until: number | null,
): SomeJoined {
  const joined: (Joined & { toldAt: number })[] = []
  const touched = new Set<Attempt>()
  for (const [place, event] of events.entries()) {
    if (isOwnQuestion(event)) continue
    for (const one of join(held.state, event)) {
      joined.push({ ...one, toldAt: event.at })
      touched.add(one.attempt)
    }
    const isLast = place === events.length - 1
    // a late event was joined out of order: the cursor never goes back
    const isLate = event.at < from.at || (event.at === from.at && BigInt(event.id) <= from.id)
    if (touched.size >= maxTouched && !isLast && !isLate) {
      return { joined, touched, stoppedAt: { at: event.at, id: BigInt(event.id) } }
    }
  }
  for (const one of until === null ? [] : joinOverdue(held.state, until)) {
    joined.push({ ...one, toldAt: until ?? one.event.at })
    touched.add(one.attempt)
  }
  return { joined, touched, stoppedAt: null }
}
