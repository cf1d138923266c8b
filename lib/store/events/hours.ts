import 'server-only'
import { selfCheckAgent } from '@/lib/events/agent'
import { type Connection, prisma, transaction } from '@/lib/store/database/database'
import { Prisma } from '@/lib/store/generated/client'

/**
 * Events counted by the hour. Recording does not wait for it: one instance at a time counts what was
 * written since, in one statement, and moves a cursor of ids in the same transaction, so that each event is
 * counted once even after a crash. The few events behind the cursor are counted by the reader.
 *
 * An id becomes visible when its transaction commits, so the cursor must not pass one that may still
 * appear: the caller passes the id up to which all are visible.
 */

const cursorKey = 'event-hours.cursor'
const maxAtOnce = 4000
/** How many events behind the cursor a reader counts at most. */
const maxUncounted = 20_000

/** The scale of durations: steps from one millisecond value to its double. */
const stepsPerDouble = 4
/** The event whose durations are counted. */
const timedEvent = 'mcp.called'

/** The longest duration that a bucket counts, in milliseconds. */
export const bucketMs = (bucket: number): number => 2 ** (bucket / stepsPerDouble) - 1

const hour = Prisma.sql`date_trunc('hour', at, 'UTC')`
const bucket = Prisma.sql`(case when name = ${timedEvent} and "durationMs" is not null
  then 1 + floor(log(2, (1 + greatest("durationMs", 0))::numeric) * ${stepsPerDouble}::int)
  else 0 end)::smallint`
/** The self-check is not traffic. */
const counted = Prisma.sql`agent is distinct from ${selfCheckAgent}`
const cursor = Prisma.sql`coalesce(
  (select (value #>> '{}')::bigint from "Setting" where key = ${cursorKey}), 0)`

/** Waits until no other instance counts. */
export async function lockEventHours(connection: Connection): Promise<void> {
  await connection.$executeRaw`select pg_advisory_xact_lock(hashtext('portico.event-hours'))`
}

const counting = (added: Prisma.Sql, events: Prisma.Sql): Prisma.Sql => Prisma.sql`
  insert into "EventHour" as kept (hour, name, outcome, bucket, count)
  select ${hour}, name, outcome, ${bucket}, sum(${added})::int from ${events} and ${counted}
  group by 1, 2, 3, 4
  on conflict (hour, name, outcome, bucket) do update set count = kept.count + excluded.count`

/**
 * Adds the increase of already counted events to the counts; part of a statement, after one called
 * `changed` that has the events with `added`. Uncounted events are counted later.
 */
export const countsOfEvents = counting(Prisma.sql`added`, Prisma.sql`changed where id <= ${cursor}`)

async function lock(connection: Connection): Promise<boolean> {
  const [row] = await connection.$queryRaw<[{ locked: boolean }]>`
    select pg_try_advisory_xact_lock(hashtext('portico.event-hours')) as locked`
  return row.locked
}

async function lastOfChunk(connection: Connection, upTo: bigint): Promise<bigint | null> {
  const [row] = await connection.$queryRaw<[{ last: bigint | null }]>`
    select max(id) as last from (
      select id from "Event" where id > ${cursor} and id <= ${upTo}
      order by id limit ${maxAtOnce}) as chunk`
  return row.last
}

async function countUpTo(connection: Connection, last: bigint): Promise<void> {
  const events = Prisma.sql`"Event" where id > ${cursor} and id <= ${last}`
  await connection.$executeRaw(counting(Prisma.sql`count`, events))
  await connection.$executeRaw`
    insert into "Setting" (key, value, "updatedAt")
    values (${cursorKey}, to_jsonb(${String(last)}::text), now())
    on conflict (key) do update set value = excluded.value, "updatedAt" = excluded."updatedAt"`
}

/**
 * Counts uncounted events, a few thousand at most.
 *
 * @param upTo the id up to which every event is visible
 * @returns whether there may be more to count
 */
export const countWritten = (upTo: bigint): Promise<boolean> =>
  transaction(async (connection) => {
    if (!(await lock(connection))) return false
    const last = await lastOfChunk(connection, upTo)
    if (last === null) return false
    await countUpTo(connection, last)
    return last < upTo
  })

/** Deletes all counts; the next count starts from the beginning of the log. */
export async function resetEventHours(): Promise<void> {
  await transaction(async (connection) => {
    await lockEventHours(connection)
    await connection.$executeRaw`delete from "EventHour"`
    await connection.setting.deleteMany({ where: { key: cursorKey } })
  })
}

/** The count of one kind of event in an hour. */
export type HourCount = {
  readonly hour: Date
  readonly isCall: boolean
  readonly isTrouble: boolean
  readonly bucket: number
  readonly count: number
}

/** The counts since an hour, including what was just written. @param since a full hour */
export const hourCounts = async (since: Date): Promise<HourCount[]> =>
  (await prisma()).$queryRaw<HourCount[]>`
    select hour, name = ${timedEvent} as "isCall", outcome <> 'ok' as "isTrouble", bucket,
      sum(count)::int as count
    from (
      select hour, name, outcome, bucket, count from "EventHour" where hour >= ${since}
      union all
      select ${hour}, name, outcome, ${bucket}, count from "Event"
      where id > ${cursor} and id <= ${cursor} + ${maxUncounted} and at >= ${since} and ${counted}
    ) as counts
    group by 1, 2, 3, 4`

/** Whether so much is uncounted that {@link hourCounts} leaves some out. */
export async function isCountingBehind(): Promise<boolean> {
  const [row] = await (await prisma()).$queryRaw<[{ behind: boolean }]>`
    select exists (
      select from "Event" where id > ${cursor} order by id offset ${maxUncounted} limit 1
    ) as behind`
  return row.behind
}
