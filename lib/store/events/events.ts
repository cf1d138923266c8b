import 'server-only'
import { isEventName } from '@/lib/events/catalogue'
import {
  type EventFacts,
  type EventField,
  eventFields,
  type NewEvent,
  ownFields,
  sourceFields,
} from '@/lib/events/fields'
import { retried } from '@/lib/store/database/conflicts'
import { afterCommit, type Connection, database, prisma } from '@/lib/store/database/database'
import { type Event, Prisma } from '@/lib/store/generated/client'
import { searching } from '@/lib/store/slice'
import type { Outcome } from '@/lib/vocabulary'
import { gathered } from './committed'

export type { NewEvent } from '@/lib/events/fields'

/** An event as it is read; `id` is also the cursor of the live feed. */
export type StoredEvent = EventFacts & Pick<Event, 'id' | 'at' | 'count' | 'lastAt'>

/** Filters; every member narrows. */
export type EventFilter = {
  readonly text?: string | undefined
  readonly name?: string | undefined
  readonly outcome?: Outcome | undefined
  readonly clientId?: string | undefined
  readonly grantId?: string | undefined
  readonly userId?: string | undefined
  readonly address?: string | undefined
  /** prefix of the path */
  readonly path?: string | undefined
  /** only events that stand for several requests */
  readonly repeated?: boolean | undefined
  /** excludes one agent */
  readonly exceptAgent?: string | undefined
}

/** Fields as a list of columns. */
export const columnsOf = (fields: Readonly<Record<string, unknown>>): Prisma.Sql =>
  Prisma.raw(
    Object.keys(fields)
      .map((name) => `"${name}"`)
      .join(', '),
  )

/** Fields as the columns of a record made from JSON. */
const recordOf = (fields: Readonly<Record<string, EventField<unknown>>>): Prisma.Sql =>
  Prisma.raw(
    Object.entries(fields)
      .map(([name, { sql }]) => `"${name}" ${sql}`)
      .join(', '),
  )

const columns = columnsOf(eventFields)
const ofEvent = recordOf(ownFields)
const ofSource = recordOf(sourceFields)

/**
 * The statement that inserts events. They are one parameter: Prisma's own statement has one for every field
 * and is built again for every batch.
 *
 * @param json an array of {@link NewEvent}
 * @param where a condition for all of them
 */
export const insertingEvents = (json: string, where = Prisma.empty): Prisma.Sql =>
  Prisma.sql`
    insert into "Event" (at, ${columns}) select at, ${columns}
    from jsonb_to_recordset(${json}::jsonb) as event (at timestamptz, ${ofEvent}, ${ofSource})
    ${where}`

/** {@link insertingEvents} for many, which names the source once per run. */
const { text: insertingRuns } = Prisma.sql`
  insert into "Event" (at, ${columns}) select to_timestamp(ms / 1000.0), ${columns}
  from jsonb_to_recordset(${''}::jsonb) as run (source jsonb, events jsonb),
    jsonb_to_record(run.source) as source (${ofSource}),
    jsonb_to_recordset(run.events) as event (ms bigint, ${ofEvent})`

/** Inserts events inside the transaction of the change they record; {@link gathered} collects them. */
export async function insertEventsWith(
  connection: Connection,
  events: readonly NewEvent[],
): Promise<void> {
  if (events.length === 0) return
  const committed = gathered()
  await connection.$executeRaw(insertingEvents(JSON.stringify(events)))
  afterCommit(connection, () => committed.push(...events))
}

/**
 * Inserts events on their own, in their order, and without Prisma, which would encode them once more.
 *
 * @param json an array of runs: a `source`, with the fields of a source, and its `events`, with their own
 *   fields and `ms`, which is `at` since 1970
 */
export async function insertRunsJson(json: string): Promise<void> {
  const { pool } = await database()
  await retried(() => pool.query(insertingRuns, [json]))
}

/** Identifies an event before it has an id. */
export type EventMark = Pick<NewEvent, 'at' | 'name' | 'requestId'>

/** Whether an event is already stored. */
export async function isEventStored({ at, name, requestId }: EventMark): Promise<boolean> {
  const { rowCount } = await (await database()).pool.query(
    'select from "Event" where at = $1 and name = $2 and "requestId" = $3 limit 1',
    [at, name, requestId],
  )
  return rowCount === 1
}

/** In SQL a comparison with null is neither true nor false, and most agents have no name. */
const except = (agent: string): Prisma.EventWhereInput => ({
  OR: [{ agent: null }, { agent: { not: agent } }],
})

/** An index finds only a complete name, whatever the collation of the database. */
const nameLike = (name: string) => (isEventName(name) ? name : { startsWith: name })

const where = (filter: EventFilter): Prisma.EventWhereInput => ({
  ...(filter.name ? { name: nameLike(filter.name) } : {}),
  ...(filter.outcome ? { outcome: filter.outcome } : {}),
  ...(filter.clientId ? { clientId: filter.clientId } : {}),
  ...(filter.grantId ? { grantId: filter.grantId } : {}),
  ...(filter.userId ? { userId: filter.userId } : {}),
  ...(filter.address ? { address: { startsWith: filter.address } } : {}),
  ...(filter.path ? { path: { startsWith: filter.path } } : {}),
  ...(filter.repeated ? { count: { gt: 1 } } : {}),
  ...(filter.exceptAgent ? { AND: except(filter.exceptAgent) } : {}),
  ...searching(filter.text, (contains) => [
    { name: contains },
    { path: contains },
    { userAgent: contains },
    { agent: contains },
    { address: contains },
    { clientId: contains },
    { grantId: contains },
    { interactionId: contains },
    { requestId: contains },
  ]),
})

async function read(
  filter: EventFilter,
  id: Prisma.BigIntFilter,
  order: 'asc' | 'desc',
  limit?: number,
): Promise<StoredEvent[]> {
  const rows = await (await prisma()).event.findMany({
    where: { ...where(filter), id },
    orderBy: { id: order },
    take: limit,
  })
  // they were written from these types
  return rows as StoredEvent[]
}

/** Events, newest first. @param before only smaller ids @param from only this id or greater ones */
export const newestEvents = (
  filter: EventFilter,
  limit: number,
  before?: bigint,
  from?: bigint,
): Promise<StoredEvent[]> => read(filter, { lt: before, gte: from }, 'desc', limit)

/** Events with an id above `after` and up to `last`, oldest first. */
export const eventsBetween = (
  filter: EventFilter,
  after: bigint,
  last: bigint,
): Promise<StoredEvent[]> => read(filter, { gt: after, lte: last }, 'asc')

/** Those of the given ids that exist by now. */
export const eventsByIds = async (
  filter: EventFilter,
  ids: readonly bigint[],
): Promise<StoredEvent[]> => (ids.length === 0 ? [] : read(filter, { in: [...ids] }, 'asc'))

/** All ids above `after`, whatever the filter, so that a reader can tell a gap from a filtered row. */
export async function eventIdsAfter(after: bigint, limit: number): Promise<bigint[]> {
  const rows = await (await prisma()).event.findMany({
    where: { id: { gt: after } },
    orderBy: { id: 'asc' },
    take: limit,
    select: { id: true },
  })
  return rows.map((row) => row.id)
}

/** Ids above `after` of folds, whose counts may still grow. */
export async function foldIdsAfter(after: bigint): Promise<bigint[]> {
  const rows = await (await prisma()).event.findMany({
    where: { id: { gt: after }, fold: { not: null } },
    select: { id: true },
  })
  return rows.map((row) => row.id)
}

/** The highest id written so far; 0 when there is none. */
export async function newestEventId(): Promise<bigint> {
  // Prisma's aggregate reads every row
  const newest = await (await prisma()).event.findFirst({
    orderBy: { id: 'desc' },
    select: { id: true },
  })
  return newest?.id ?? 0n
}
