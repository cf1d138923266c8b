import 'server-only'
import { type Connection, transaction } from '@/lib/store/database/database'
import { insertEventsWith, type NewEvent } from '@/lib/store/events/events'
import { Prisma } from '@/lib/store/generated/client'
import { isUnused } from './cleanup'
import { forgetClient } from './known'

/**
 * Limits what strangers create. Beyond a limit, the oldest entries of the largest source are deleted first:
 * each source is ranked by itself, newest first, and as many ranks stay as fit. So a source with one entry
 * is not displaced by one with thousands.
 */

/** How many one transaction deletes. */
const batch = 500

/** Clients of hosted Claude, whose network nobody else can use, have a limit of their own. */
const claude = 'anthropic'
export type Whose = 'claude' | 'strangers'

const isWhose = (whose: Whose, source: Prisma.Sql): Prisma.Sql =>
  whose === 'claude'
    ? Prisma.sql`${source} = ${claude}`
    : Prisma.sql`${source} is distinct from ${claude}`

type Events = (count: number) => readonly NewEvent[]

async function surplusClients(connection: Connection, whose: Whose, most: number) {
  const rows = await connection.$queryRaw<{ id: string }[]>`
    with ranked as (
      select c.id, c."createdAt", row_number() over (
        partition by c.source order by c."createdAt" desc, c.id desc) as place
      from "Client" c where ${isWhose(whose, Prisma.sql`c.source`)} and ${isUnused})
    select id from ranked order by place, "createdAt" desc, id desc offset ${most} limit ${batch}`
  return rows.map(({ id }) => id)
}

/**
 * Deletes unapproved clients beyond a limit, with one event for all.
 *
 * @param events the events, by the number of clients
 * @returns how many were deleted; call again while it is not 0
 */
export const discardClients = (whose: Whose, most: number, events: Events): Promise<number> =>
  transaction(async (connection) => {
    const surplus = await surplusClients(connection, whose, most)
    if (surplus.length === 0) return 0
    // a client in use at this moment is locked by a reference to it, and stays
    const locked = await connection.$queryRaw<{ id: string }[]>`
      select id from "Client" where id = any(${surplus}::text[]) for update skip locked`
    const ids = locked.map(({ id }) => id)
    const deleted = await connection.$queryRaw<{ id: string }[]>`
      delete from "Client" c where c.id = any(${ids}::text[]) and ${isUnused} returning c.id`
    if (deleted.length > 0) await insertEventsWith(connection, events(deleted.length))
    for (const { id } of deleted) forgetClient(id)
    return deleted.length
  })

/**
 * Deletes authorization requests without a person beyond a limit, with one event for all; expired ones
 * first.
 *
 * @returns how many were deleted; call again while it is not 0
 */
export function discardInteractions(whose: Whose, most: number, events: Events): Promise<number> {
  const unseen = Prisma.sql`source is not null and "shownAt" is null and "heldAt" is null
    and "decidedAt" is null and ${isWhose(whose, Prisma.sql`source`)}`
  return transaction(async (connection) => {
    const count = await connection.$executeRaw`
      with ranked as (
        select id, "createdAt", "expiresAt" <= now() as "isOver", row_number() over (
          partition by source order by "createdAt" desc, id desc) as place
        from "Interaction" where ${unseen})
      delete from "Interaction" where ${unseen} and id in (
        select id from ranked order by "isOver", place, "createdAt" desc, id desc
        offset ${most} limit ${batch})`
    if (count > 0) await insertEventsWith(connection, events(count))
    return count
  })
}

/** Deletes the oldest attempts of strangers beyond a limit; their events stay. @returns how many */
export const discardAttempts = (most: number): Promise<number> =>
  transaction(async (connection) => {
    const deleted = await connection.$queryRaw<{ id: string }[]>`
      delete from "Handshake" where id in (
        select id from "Handshake" where lane = 'stranger' order by "lastAt" desc
        offset ${most} limit ${batch}) returning id`
    const ids = deleted.map(({ id }) => id)
    await connection.handshakeAlert.deleteMany({ where: { handshakeId: { in: ids } } })
    return ids.length
  })
