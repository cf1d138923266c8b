import 'server-only'
import { selfCheckAgent } from '@/lib/events/agent'
import { eventFields } from '@/lib/events/fields'
import type { HandshakeEvent } from '@/lib/handshake/handshake'
import { waits } from '@/lib/handshake/loose'
import type { Connection } from '@/lib/store/database/database'
import { columnsOf } from '@/lib/store/events/events'
import { type Event, Prisma } from '@/lib/store/generated/client'

/** An event as handshakes see it. */
export function toHandshakeEvent(row: Event): HandshakeEvent {
  const { id, at, fold: _, lastAt: __, count, ...event } = row
  return {
    ...event,
    id: String(id),
    at: at.getTime(),
    name: event.name as HandshakeEvent['name'],
    edge: event.edge as HandshakeEvent['edge'],
    detail: event.detail as HandshakeEvent['detail'],
    ...(count > 1 ? { count } : {}),
  }
}

/** An event that stands for requests of several kinds is no step of any attempt. */
const isOne = Prisma.sql`coalesce(fold, 'same') = 'same'`
const isOneOf = { OR: [{ fold: null }, { fold: 'same' }] }

/** The self-check sends requests as Claude would; they are no attempt to connect. */
export const isOwnQuestion = ({ agent }: HandshakeEvent): boolean => agent === selfCheckAgent

/** A position in time order; the id orders events of the same millisecond. */
export type LogPosition = { readonly at: number; readonly id: bigint }

const milliseconds = Prisma.sql`(extract(epoch from at) * 1000)::float8 as at`

/** What became visible since the last look. */
type Sighting = {
  /** how many events have a higher id than seen before, and the highest id */
  readonly count: number
  readonly last: bigint | null
  /** gaps between those ids, each as the ids before and after it */
  readonly gaps: readonly (readonly [bigint, bigint])[]
  /** missing ids that have appeared */
  readonly found: readonly bigint[]
  /** of all these, those earlier than what was joined */
  readonly late: readonly LogPosition[]
  /** time of the latest of them */
  readonly newestAt: number | null
  /** time of the latest event of all, whether seen before or not */
  readonly latestAt: number | null
}

/**
 * Finds the events after an id, and earlier ids that were missing. A busy server has thousands between two
 * looks, so the database counts them.
 */
export async function sight(
  connection: Connection,
  seen: bigint,
  missing: readonly bigint[],
  joined: LogPosition,
  limit: number,
): Promise<Sighting> {
  const [answer] = await connection.$queryRaw<[{ sighting: string }]>`
    with after as materialized (
      select id, ${milliseconds}, lag(id, 1, ${seen}::bigint) over (order by id) as before
      from (select id, at from "Event" where id > ${seen} order by id limit ${limit}) as chunk
    ), found as (
      select id, ${milliseconds} from "Event" where id = any(${[...missing]}::bigint[])
    ), fresh as (select id, at from after union all select id, at from found)
    select json_build_object(
      'count', (select count(*) from after),
      'last', (select max(id)::text from after),
      'gaps', (select json_agg(json_build_array(before::text, id::text))
        from after where id > before + 1),
      'found', (select json_agg(id::text) from found),
      'late', (select json_agg(json_build_array(at, id::text)) from fresh
        where (at, id) < (${joined.at}::float8, ${joined.id}::bigint)),
      'newestAt', (select max(at) from fresh),
      'latestAt', (select ${milliseconds} from "Event" order by "Event".at desc limit 1)
    )::text as sighting`
  const { last, gaps, found, late, ...counted } = JSON.parse(answer.sighting) as {
    readonly count: number
    readonly last: string | null
    readonly gaps: [string, string][] | null
    readonly found: string[] | null
    readonly late: [number, string][] | null
    readonly newestAt: number | null
    readonly latestAt: number | null
  }
  return {
    ...counted,
    last: last === null ? null : BigInt(last),
    gaps: (gaps ?? []).map(([before, behind]) => [BigInt(before), BigInt(behind)]),
    found: (found ?? []).map(BigInt),
    late: (late ?? []).map(([at, id]) => ({ at, id: BigInt(id) })),
  }
}

/** Which events to read. */
export type Bounds = {
  /** the highest id to read */
  readonly seen: bigint
  /** ids to leave out */
  readonly missing: readonly bigint[]
  /** grants whose ordinary calls are skipped: on a busy server they are nearly all events */
  readonly quiet: ReadonlySet<string>
}

/** Events in time order, the moment of the last one, and how many there were with the skipped ones. */
type EventPage = {
  readonly events: HandshakeEvent[]
  readonly last: LogPosition | null
  readonly count: number
}

const { fold: _, ...seenFields } = eventFields
/** What handshakes read of an event, beside its id and time. */
const seenColumns = columnsOf(seenFields)

/** Events in time order, after one moment and up to another. */
export async function eventsInTime(
  connection: Connection,
  after: LogPosition,
  until: number,
  { seen, missing, quiet }: Bounds,
  limit: number,
): Promise<EventPage> {
  const page = Prisma.sql`
    select id::text as id, ${milliseconds}, ${seenColumns}, ${isOne} as "isOne"
    from "Event"
    where ("Event".at, "Event".id) > (${new Date(after.at)}, ${after.id})
      and "Event".at <= ${new Date(until)} and "Event".id <= ${seen}
      and not "Event".id = any(${[...missing]}::bigint[])
    order by "Event".at, "Event".id limit ${limit}`
  const [answer] = await connection.$queryRaw<
    [{ rows: string; count: number; at: number | null; id: string | null }]
  >`
    with page as materialized (${page}), told as (
      select id, at, ${seenColumns} from page
      where "isOne" and (name = 'mcp.called' and outcome = 'ok'
        and "grantId" = any(${[...quiet]}::text[])) is not true
    )
    select coalesce((select json_agg(told) from told), '[]')::text as rows,
      count(*)::int as count, max(at) as at,
      (select id from page order by at desc, id::bigint desc limit 1) as id
    from page`
  const { rows, count, at, id } = answer
  const last = at === null || id === null ? null : { at, id: BigInt(id) }
  return { events: JSON.parse(rows) as HandshakeEvent[], last, count }
}

/** The given events. */
export async function handshakeEventsByIds(
  connection: Connection,
  ids: readonly bigint[],
): Promise<HandshakeEvent[]> {
  if (ids.length === 0) return []
  const rows = await connection.event.findMany({
    where: { id: { in: [...ids] }, ...isOneOf },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  })
  return rows.map(toHandshakeEvent)
}

/** The events of some handshakes, in the order in which they were joined. */
export async function eventsOfHandshakes(
  connection: Connection,
  ids: readonly string[],
): Promise<Map<string, HandshakeEvent[]>> {
  const events = new Map<string, HandshakeEvent[]>()
  if (ids.length === 0) return events
  const rows = await connection.handshakeEvent.findMany({
    where: { handshakeId: { in: [...ids] } },
    orderBy: [{ toldAt: 'asc' }, { event: { at: 'asc' } }, { eventId: 'asc' }],
    include: { event: true },
  })
  for (const { handshakeId, event } of rows) {
    const list = events.get(handshakeId) ?? []
    list.push(toHandshakeEvent(event))
    events.set(handshakeId, list)
  }
  return events
}

/** Events of a period that belong to no handshake yet and still may, oldest first. */
export async function looseEvents(
  connection: Connection,
  from: number,
  until: LogPosition,
  limit: number,
): Promise<HandshakeEvent[]> {
  const rows = await connection.$queryRaw<Event[]>`
    select e.* from "Event" e
    where e.at >= ${new Date(from)} and ${isOne} and (e.at, e.id) <= (${new Date(until.at)}, ${until.id})
      and (e.name in ('mcp.challenged', 'resource-metadata.served', 'server-metadata.served',
          'authorization.checked')
        or e.name like 'document.%' or e.name like 'operator.%')
      and not exists (select from "HandshakeEvent" j where j."eventId" = e.id)
    order by e.at desc, e.id desc limit ${limit}`
  const events = rows.map(toHandshakeEvent)
  return events.filter((event) => !isOwnQuestion(event) && waits(event)).reverse()
}
