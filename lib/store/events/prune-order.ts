import 'server-only'
import type { PrismaClient } from '@/lib/store/generated/client'
import { Prisma } from '@/lib/store/generated/client'

/** The order in which events are deleted when the log is too large. */

/** How many one statement deletes. */
const batch = 1000
/** An attempt may last half an hour, and a loose event may yet be joined to one. */
const untilMs = { attempts: 3600 * 1000, others: 10 * 60_000 } as const

/** What was deleted, and the time of the last of it. */
export type Deleted = {
  readonly events: number
  readonly attempts: number
  readonly last: Date | null
}

/** Deletes some of a kind, oldest first. @param after all of it up to here is already deleted */
export type PruneKind = (connection: PrismaClient, after: Date, most: number) => Promise<Deleted>

const isJoined = Prisma.sql`exists (select from "HandshakeEvent" j where j."eventId" = e.id)`
/** No person is proven to be behind it, and it came over the network. */
const isStrangers = Prisma.sql`e."grantId" is null and e."sessionId" is null and e."userId" is null
  and e.network is not null and e.name not like 'operator.%'`

/** Events of no attempt. */
const loose =
  (condition: Prisma.Sql, before: Date): PruneKind =>
  async (connection, after, most) => {
    const [deleted] = await connection.$queryRaw<[Deleted]>`
      with gone as (
        delete from "Event" where id in (
          select e.id from "Event" e
          where e.at >= ${after} and e.at < ${before} and ${condition} and not ${isJoined}
          order by e.at limit ${Math.min(batch, most)})
        returning at
      )
      select count(*)::int as events, 0 as attempts, max(at) as last from gone`
    return deleted
  }

/** Complete attempts: half of one is useless. So it may delete a few more than asked. */
const attempts =
  (condition: Prisma.Sql, before: Date): PruneKind =>
  async (connection, after, most) => {
    const [deleted] = await connection.$queryRaw<[Deleted]>`
      with old as materialized (
        select id, "startedAt" from "Handshake"
        where "startedAt" >= ${after} and "lastAt" < ${before} and ${condition}
        order by "startedAt" limit ${Math.ceil(Math.min(batch, most) / 5)}
      ), gone as (
        delete from "Event" where id in (
          select "eventId" from "HandshakeEvent" where "handshakeId" in (select id from old))
        returning id
      ), empty as (delete from "Handshake" where id in (select id from old) returning id)
      select (select count(*) from gone)::int as events,
        (select count(*) from empty)::int as attempts, (select max("startedAt") from old) as last`
    return deleted
  }

/** The kinds of events, in the order of deletion. */
export function pruneOrder(now: Date): readonly PruneKind[] {
  const before = (ms: number): Date => new Date(now.getTime() - ms)
  const hasNoPerson = Prisma.sql`"userId" is null and "grantId" is null`
  return [
    loose(isStrangers, before(untilMs.others)),
    attempts(Prisma.sql`${hasNoPerson} and lane <> 'claude'`, before(untilMs.attempts)),
    // before anything of a person is deleted, strangers' attempts get only the shorter time
    attempts(Prisma.sql`${hasNoPerson} and lane <> 'claude'`, before(untilMs.others)),
    attempts(hasNoPerson, before(untilMs.attempts)),
    loose(Prisma.sql`true`, before(untilMs.attempts)),
    attempts(Prisma.sql`true`, before(untilMs.attempts)),
  ]
}
