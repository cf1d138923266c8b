import 'server-only'
import { auditWith } from '@/lib/store/audit/audit'
import { type Connection, prisma, transaction } from '@/lib/store/database/database'
import type { NewEvent } from '@/lib/store/events/events'
import { Prisma } from '@/lib/store/generated/client'
import type { Actor } from '@/lib/vocabulary'
import { reloadClientsWith } from './known'

/**
 * The condition for a client `c` that may be deleted: it registered itself, nobody ever approved it, and no
 * decision about it is pending. One that an admin disabled stays, or it would come back enabled.
 */
export const isUnused = Prisma.sql`
  c.kind <> 'registered' and c."lastUsedAt" is null and c."approvedAt" is null
    and c."disabledAt" is null
    and not exists (select 1 from "Grant" g where g."clientId" = c.id)
    and not exists (select 1 from "Interaction" i where i."clientId" = c.id and i."expiresAt" > now())`

const neverUsed = (before: Date): Prisma.Sql =>
  Prisma.sql`c."createdAt" < ${before} and ${isUnused}`

const deleteWith = (
  connection: Pick<Connection, '$executeRaw'>,
  before: Date,
  limit: number,
): Promise<number> => connection.$executeRaw`
  delete from "Client" where id in (
    select c.id from "Client" c where ${neverUsed(before)} limit ${limit})`

/**
 * Deletes self-registered clients older than `before` that were never approved (RFC 7591 §5); one with a
 * metadata document is fetched again when it comes back. Keeps clients with a grant, whatever its state.
 *
 * @returns how many
 */
export const pruneNeverUsed = async (before: Date, limit: number): Promise<number> =>
  deleteWith(await prisma(), before, limit)

/** How many clients registered themselves before a time and were never approved. */
export async function countNeverUsed(before: Date): Promise<number> {
  const [row] = await (await prisma()).$queryRaw<{ count: number }[]>`
    select count(*)::int as count from "Client" c where ${neverUsed(before)}`
  return row?.count ?? 0
}

/**
 * Deletes a batch of clients that were never approved, with its event and its audit entry.
 *
 * @param events the events, by the number of clients
 * @returns how many; fewer than `limit` when none is left
 */
export const deleteNeverUsed = (
  before: Date,
  limit: number,
  actor: Actor,
  events: (count: number) => readonly NewEvent[],
): Promise<number> =>
  transaction(async (connection) => {
    const count = await deleteWith(connection, before, limit)
    if (count === 0) return 0
    const facts = { clients: count, registeredBefore: before.toISOString() }
    await auditWith(connection, actor, 'clients.pruned', 'clients', events(count), { facts })
    await reloadClientsWith(connection)
    return count
  })
