import 'server-only'
import type { HandshakeEvent } from '@/lib/handshake/handshake'
import type { Connection } from './database'
import type { Cursor, Look } from './handshake-cursor'
import { eventsInTime, handshakeEventsByIds, type Moment } from './handshake-events'

/** Beyond this, an event that comes late is joined where it comes. */
const rewindsMs = 60_000

/** Undoes the joining of everything from a time on. @returns the handshakes that lost events, or all of them */
async function rewind(connection: Connection, to: number): Promise<string[]> {
  const from = new Date(to)
  const told = await connection.handshakeEvent.findMany({
    where: { toldAt: { gte: from } },
    distinct: ['handshakeId'],
    select: { handshakeId: true },
  })
  const ids = told.map(({ handshakeId }) => handshakeId)
  await connection.handshakeEvent.deleteMany({ where: { toldAt: { gte: from } } })
  await connection.handshake.deleteMany({ where: { id: { in: ids }, events: { none: {} } } })
  await connection.handshake.updateMany({
    where: { id: { in: ids }, connectedAt: { gte: from } },
    data: { origin: null },
  })
  return ids
}

/** What is to be joined. */
export type Gathered = {
  /** where joining goes on from: earlier than before, when an event came late */
  readonly from: Moment
  readonly rewound: boolean
  /** handshakes that lost events and have to be judged anew */
  readonly disturbed: readonly string[]
  readonly events: readonly HandshakeEvent[]
  /** where the cursor is when they are joined */
  readonly cursor: Cursor
}

/**
 * The events that are to be joined now, in the order of time. When one turns up that is earlier
 * than what was joined, everything from its time on is joined again: so the result is that of
 * joining the whole log in order.
 *
 * @param until events after it are too fresh: earlier ones may not be visible yet
 */
export async function gather(
  connection: Connection,
  { cursor: seen, late }: Look,
  until: number,
  limit: number,
): Promise<Gathered> {
  const recent = late.filter(({ at }) => seen.joined.at - at <= rewindsMs)
  const stale = late.filter((moment) => !recent.includes(moment))
  const to = Math.min(...recent.map(({ at }) => at))
  const rewound = recent.length > 0
  const disturbed = rewound ? await rewind(connection, to) : []
  const from = rewound ? { at: to, id: 0n } : seen.joined
  const bounds = { seen: seen.seen, missing: [...seen.missing.keys()] }
  const events = await eventsInTime(connection, from, until, bounds, limit)
  const ids = stale.map(({ id }) => id)
  const last = events.at(-1)
  return {
    from,
    rewound,
    disturbed,
    events: [...(await handshakeEventsByIds(connection, ids)), ...events],
    cursor: { ...seen, joined: last ? { at: last.at, id: BigInt(last.id) } : from },
  }
}
