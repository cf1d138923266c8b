import 'server-only'
import { auditWith, grantSubject } from '@/lib/store/audit/audit'
import { changing, prisma } from '@/lib/store/database/database'
import { insertEventsWith, type NewEvent } from '@/lib/store/events/events'
import type { McpSession } from '@/lib/store/generated/client'
import type { Actor } from '@/lib/vocabulary'

export type NewSession = Omit<
  McpSession,
  'lastSeenAt' | 'requests' | 'calls' | 'endedAt' | 'endedBy'
>

/** What serving a session requires. */
export type StoredSession = NewSession & { readonly endedAt: Date | null }

/** Stores newly opened sessions; every instance can find them when this resolves. */
export async function insertSessions(sessions: readonly NewSession[]): Promise<void> {
  await (await prisma()).mcpSession.createMany({
    data: sessions.map((session) => ({ ...session, lastSeenAt: session.startedAt, requests: 0 })),
  })
}

/** The session with this hash of its `Mcp-Session-Id`, ended or not, or `null`. */
export const findSession = async (idHash: string): Promise<StoredSession | null> =>
  (await prisma()).mcpSession.findUnique({ where: { idHash } })

/** The session with this public id, or `null`. */
export const findSessionById = async (id: string): Promise<StoredSession | null> =>
  (await prisma()).mcpSession.findUnique({ where: { id } })

/** Which of these sessions have ended or no longer exist. */
export async function endedSessions(ids: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  if (ids.size === 0) return new Set()
  const rows = await (await prisma()).mcpSession.findMany({
    where: { id: { in: [...ids] }, endedAt: null },
    select: { id: true },
  })
  const live = new Set(rows.map(({ id }) => id))
  return new Set([...ids].filter((id) => !live.has(id)))
}

/** Stores the hash of the last tool list that a session was sent. */
export async function setToolListHash(id: string, toolListHash: string): Promise<void> {
  await (await prisma()).mcpSession.update({ where: { id }, data: { toolListHash } })
}

/** Ends a session on every instance. @param actor for the audit @returns `false` if it had ended */
export const closeStoredSession = (
  id: string,
  endedBy: 'client' | 'operator',
  at: Date,
  events: readonly NewEvent[],
  actor?: Actor,
): Promise<boolean> =>
  changing(
    ({ mcpSession }) =>
      mcpSession.updateMany({ where: { id, endedAt: null }, data: { endedAt: at, endedBy } }),
    async (connection) => {
      await connection.mcpStreamEvent.deleteMany({ where: { sessionId: id } })
      await connection.$executeRaw`select pg_notify('portico_sessions', ${`ended:${id}`})`
      if (!actor) return insertEventsWith(connection, events)
      const { grantId } = await connection.mcpSession.findUniqueOrThrow({ where: { id } })
      return auditWith(connection, actor, 'session.ended', id, events, {
        ...(await grantSubject(connection, grantId))?.named,
        before: { state: 'open' },
        after: { state: 'ended' },
      })
    },
  )

/**
 * Deletes all but the `most` most recently used sessions of a grant, and makes every instance forget them.
 * Their clients get 404 and open others.
 *
 * @returns how many
 */
export const deleteLeastUsed = async (grantId: string, most: number): Promise<number> =>
  (await prisma()).$executeRaw`
    with gone as (
      delete from "McpSession" where id in (
        select id from "McpSession" where "grantId" = ${grantId}
          order by "endedAt" is not null, "lastSeenAt" desc, id desc offset ${most})
      returning id
    )
    select pg_notify('portico_sessions', 'ended:' || id) from gone`
