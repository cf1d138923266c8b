import 'server-only'
import type { HandshakeEvent } from '@/lib/handshake/handshake'
import { isNotable } from '@/lib/handshake/trouble'
import type { Connection } from '@/lib/store/database/database'
import type { Cursor, Look } from '@/lib/store/handshakes/cursor'
import {
  type Bounds,
  eventsInTime,
  handshakeEventsByIds,
  type LogPosition,
} from '@/lib/store/handshakes/events'

/** An event later than this is joined where it arrives. */
const rewindsMs = 60_000

/** Undoes the joining from a time on. @returns the handshakes that lost events, or all of them */
async function rewind(connection: Connection, to: number): Promise<string[]> {
  const from = new Date(to)
  const links = await connection.handshakeEvent.findMany({
    where: { toldAt: { gte: from } },
    distinct: ['handshakeId'],
    select: { handshakeId: true },
  })
  const ids = links.map(({ handshakeId }) => handshakeId)
  await connection.handshakeEvent.deleteMany({ where: { toldAt: { gte: from } } })
  await connection.handshake.deleteMany({ where: { id: { in: ids }, events: { none: {} } } })
  await connection.handshake.updateMany({
    where: { id: { in: ids }, connectedAt: { gte: from } },
    data: { origin: null },
  })
  return ids
}

const isDisturbed = (events: readonly HandshakeEvent[], quiet: ReadonlySet<string>): boolean =>
  events.some((event) => event.grantId !== null && quiet.has(event.grantId) && isNotable(event))

/** The events to join. */
export type GatheredEvents = {
  /** where joining continues: earlier than before when an event came late */
  readonly from: LogPosition
  readonly rewound: boolean
  /** handshakes that lost events and must be judged again */
  readonly disturbed: readonly string[]
  readonly events: readonly HandshakeEvent[]
  /** how many there were, including skipped ones */
  readonly count: number
  /** the cursor after they are joined */
  readonly cursor: Cursor
}

/**
 * The events to join now, in time order. When one is earlier than what was joined, everything from its time
 * on is joined again: so the result is that of joining the whole log in order.
 *
 * @param until events after it are too fresh: earlier ones may not be visible yet
 * @param quiet grants whose ordinary calls are skipped
 */
export async function gather(
  connection: Connection,
  { cursor: seen, late }: Look,
  until: number,
  limit: number,
  quiet: ReadonlySet<string>,
): Promise<GatheredEvents> {
  const recent = late.filter(({ at }) => seen.joined.at - at <= rewindsMs)
  const stale = late.filter((moment) => !recent.includes(moment))
  const to = Math.min(...recent.map(({ at }) => at))
  const rewound = recent.length > 0
  const disturbed = rewound ? await rewind(connection, to) : []
  const from = rewound ? { at: to, id: 0n } : seen.joined
  const all = { seen: seen.seen, missing: [...seen.missing.keys()], quiet: new Set<string>() }
  const read = (bounds: Bounds) => eventsInTime(connection, from, until, bounds, limit)
  const ids = stale.map(({ id }) => id)
  const overdue = await handshakeEventsByIds(connection, ids)
  const passed = await read(rewound ? all : { ...all, quiet })
  // what follows something notable may show that the connection recovered
  const isPlain = !isDisturbed([...overdue, ...passed.events], quiet)
  const { events, last, count } = isPlain ? passed : await read(all)
  return {
    from,
    rewound,
    disturbed,
    events: [...overdue, ...events],
    count,
    cursor: { ...seen, joined: last ?? from },
  }
}
