import 'server-only'
import { auditWith } from '@/lib/store/audit/audit'
import { prisma, transaction } from '@/lib/store/database/database'
import { insertEventsWith, type NewEvent } from '@/lib/store/events/events'
import { Prisma } from '@/lib/store/generated/client'
import type { Actor } from '@/lib/vocabulary'
import { forgetClients } from './known'
import { isUnused } from './unused'

const neverUsed = (before: Date): Prisma.Sql =>
  Prisma.sql`c."createdAt" < ${before} and ${isUnused}`

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
export async function deleteNeverUsed(
  before: Date,
  limit: number,
  actor: Actor,
  events: (count: number) => readonly NewEvent[],
): Promise<number> {
  const deleted = await transaction(async (connection) => {
    const count = await connection.$executeRaw`
      delete from "Client" where id in (
        select c.id from "Client" c where ${neverUsed(before)} limit ${limit})`
    if (count === 0) return 0
    await auditWith(connection, actor, 'clients.pruned', 'clients', {
      facts: { clients: count, registeredBefore: before.toISOString() },
    })
    await connection.$executeRaw`select pg_notify('portico_grants', '')`
    await insertEventsWith(connection, events(count))
    return count
  })
  forgetClients()
  return deleted
}
