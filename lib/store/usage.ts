import 'server-only'
import { prisma, transaction } from './database'

/** How often and when a token was used since the last write. */
export type Use = {
  readonly tokenId: string
  readonly grantId: string
  readonly firstAt: Date
  readonly lastAt: Date
  readonly requests: number
  readonly calls: number
}

/** One opening of the MCP endpoint. */
export type NewSession = {
  readonly id: string
  readonly grantId: string
  readonly protocolVersion: string
  readonly clientName: string | null
  readonly clientVersion: string | null
  readonly startedAt: Date
}

/**
 * Writes what accumulated: sessions that were opened, and how often tokens were used. Requests are
 * counted on the newest session of their grant, since clients rarely say which one they mean.
 */
export async function writeUsage(
  uses: readonly Use[],
  sessions: readonly NewSession[],
): Promise<void> {
  await transaction(async (connection) => {
    if (sessions.length > 0) {
      await connection.mcpSession.createMany({
        data: sessions.map((session) => ({
          ...session,
          lastSeenAt: session.startedAt,
          requests: 0,
        })),
      })
    }
    for (const use of uses) {
      await connection.$executeRaw`
        update "AccessToken" set "firstUsedAt" = coalesce("firstUsedAt", ${use.firstAt}), "lastUsedAt" = ${use.lastAt}
        where id = ${use.tokenId}`
      await connection.$executeRaw`
        update "Grant" set "lastActiveAt" = greatest("lastActiveAt", ${use.lastAt}), calls = calls + ${use.calls}
        where id = ${use.grantId}`
      await connection.$executeRaw`
        update "McpSession" set requests = requests + ${use.requests}, "lastSeenAt" = greatest("lastSeenAt", ${use.lastAt})
        where id = (select id from "McpSession" where "grantId" = ${use.grantId} order by "startedAt" desc, id desc limit 1)`
    }
  })
}

/** A session as the dashboard lists it. */
export type ListedSession = NewSession & {
  readonly lastSeenAt: Date
  readonly requests: number
  readonly clientId: string
  readonly registeredName: string
  readonly userEmail: string
}

/** How sessions are listed. */
export type SessionFilter = {
  readonly text?: string | undefined
  readonly clientId?: string | undefined
  readonly grantId?: string | undefined
  readonly userId?: string | undefined
}

const orders = {
  newest: [{ startedAt: 'desc' as const }, { id: 'desc' as const }],
  active: [{ lastSeenAt: 'desc' as const }, { id: 'desc' as const }],
  requests: [{ requests: 'desc' as const }, { id: 'desc' as const }],
}

/** The orders {@link listSessions} knows. */
export type SessionOrder = keyof typeof orders

/** Whether a string names an order of sessions. */
export const isSessionOrder = (order: string | undefined): order is SessionOrder =>
  order !== undefined && Object.hasOwn(orders, order)

/** A page of sessions. @param cursor id of the row to start after */
export async function listSessions(
  filter: SessionFilter,
  order: SessionOrder,
  limit: number,
  cursor?: string,
): Promise<ListedSession[]> {
  const contains = filter.text ? { contains: filter.text, mode: 'insensitive' as const } : null
  const grant = {
    ...(filter.clientId ? { clientId: filter.clientId } : {}),
    ...(filter.userId ? { userId: filter.userId } : {}),
  }
  const rows = await (await prisma()).mcpSession.findMany({
    where: {
      ...(filter.grantId ? { grantId: filter.grantId } : {}),
      ...(Object.keys(grant).length > 0 ? { grant } : {}),
      ...(contains
        ? {
            OR: [
              { id: contains },
              { clientName: contains },
              { protocolVersion: contains },
              { grant: { client: { name: contains } } },
              { grant: { user: { email: contains } } },
            ],
          }
        : {}),
    },
    orderBy: orders[order],
    take: limit,
    ...(cursor ? { cursor: { id: cursor }, skip: 1 } : {}),
    include: {
      grant: {
        select: {
          clientId: true,
          client: { select: { name: true } },
          user: { select: { email: true } },
        },
      },
    },
  })
  return rows.map(({ grant: owner, ...session }) => ({
    ...session,
    clientId: owner.clientId,
    registeredName: owner.client.name,
    userEmail: owner.user.email,
  }))
}
