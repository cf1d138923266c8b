import 'server-only'
import { prisma } from '@/lib/store/database/database'
import { Prisma } from '@/lib/store/generated/client'
import { streamsHeldMs } from '@/lib/store/mcp/carried'
import { memberOf, type RowFilter, rowsOf, type Slice, searching } from '@/lib/store/slice'

/** How often and when a token was used since the last write. */
export type Use = {
  readonly tokenId: string
  readonly grantId: string
  readonly firstAt: Date
  readonly lastAt: Date
  readonly calls: number
}

/** What a session was used for since the last write. */
export type SessionUse = {
  /** public id; `null` for the newest session of the grant, since clients rarely name theirs */
  readonly sessionId: string | null
  readonly grantId: string
  readonly lastAt: Date
  readonly requests: number
  readonly calls: number
}

/** How many days of calls are kept; the dashboard shows thirty. */
export const daysKept = 90

/** Sums up by grant: its tokens share one row there. */
const byGrant = (uses: readonly Use[]): Prisma.Sql => Prisma.sql`
  select "grantId" as id, max("lastAt") as "lastAt", sum(calls)::int as calls
  from jsonb_to_recordset(${JSON.stringify(uses)}::jsonb)
    as u("grantId" text, "lastAt" timestamptz, calls int)
  group by "grantId"`

const noteTokens = async (uses: readonly Use[]) =>
  (await prisma()).$executeRaw`
    with u as (select * from jsonb_to_recordset(${JSON.stringify(uses)}::jsonb)
        as u("tokenId" text, "firstAt" timestamptz, "lastAt" timestamptz)),
      locked as (select id from "AccessToken" where id in (select "tokenId" from u)
        order by id for update)
    update "AccessToken" t
    set "firstUsedAt" = least(t."firstUsedAt", u."firstAt"),
      "lastUsedAt" = greatest(t."lastUsedAt", u."lastAt")
    from u, locked where t.id = locked.id and u."tokenId" = t.id`

const noteGrants = async (uses: readonly Use[]) =>
  (await prisma()).$executeRaw`
    with u as (${byGrant(uses)}),
      locked as (select id from "Grant" where id in (select id from u) order by id for update)
    update "Grant" g
    set "lastActiveAt" = greatest(g."lastActiveAt", u."lastAt"), calls = g.calls + u.calls
    from u, locked where g.id = locked.id and u.id = g.id`

const noteDays = async (uses: readonly Use[]) =>
  (await prisma()).$executeRaw`
    insert into "GrantDay" as d ("grantId", day, calls)
    select u.id, (u."lastAt" at time zone 'UTC')::date, u.calls
    from (${byGrant(uses)}) as u
    join "Grant" g on g.id = u.id
    where u.calls > 0 order by u.id
    on conflict ("grantId", day) do update set calls = d.calls + excluded.calls`

const noteSessions = async (sessions: readonly SessionUse[]) =>
  (await prisma()).$executeRaw`
    with u as (select coalesce(s."sessionId", (select m.id from "McpSession" m
          where m."grantId" = s."grantId" and m."endedAt" is null
          order by m."startedAt" desc, m.id desc limit 1)) as id, s."lastAt", s.requests, s.calls
        from jsonb_to_recordset(${JSON.stringify(sessions)}::jsonb)
          as s("sessionId" text, "grantId" text, "lastAt" timestamptz, requests int, calls int)),
      total as (select id, max("lastAt") as "lastAt", sum(requests) as requests,
        sum(calls) as calls from u where id is not null group by id),
      locked as (select id from "McpSession" where id in (select id from total)
        order by id for update)
    update "McpSession" m
    set "lastSeenAt" = greatest(m."lastSeenAt", t."lastAt"), requests = m.requests + t.requests,
      calls = m.calls + t.calls
    from total t, locked where m.id = locked.id and t.id = m.id`

/**
 * The statements that write accumulated use, one for each table; the caller knows which ones succeeded when
 * one fails. They lock rows in the order of their ids, so that two instances that write at once cannot
 * deadlock.
 */
export function usageWrites(
  uses: readonly Use[],
  sessions: readonly SessionUse[],
): (() => Promise<unknown>)[] {
  const ofUses = [noteTokens, noteGrants, noteDays].map((write) => () => write(uses))
  const ofSessions = () => noteSessions(sessions)
  return [...(uses.length > 0 ? ofUses : []), ...(sessions.length > 0 ? [ofSessions] : [])]
}

const orders = {
  newest: [{ startedAt: 'desc' }, { id: 'desc' }],
  active: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
  requests: [{ requests: 'desc' }, { id: 'desc' }],
  calls: [{ calls: 'desc' }, { id: 'desc' }],
} satisfies Record<string, Prisma.McpSessionOrderByWithRelationInput[]>

const states = { live: { endedAt: null }, ended: { endedAt: { not: null } } }

/** What is read with a session. */
const listed = () => ({
  omit: { idHash: true, initialize: true, toolListHash: true } as const,
  include: {
    openStreams: {
      where: { seenAt: { gt: new Date(Date.now() - streamsHeldMs.goneAfter) } },
      select: { count: true },
    },
    grant: {
      select: {
        clientId: true,
        client: { select: { name: true } },
        user: { select: { email: true } },
      },
    },
  } satisfies Prisma.McpSessionInclude,
})

type ListedRow = Prisma.McpSessionGetPayload<ReturnType<typeof listed>>

const toListed = ({ grant, openStreams, ...session }: ListedRow) => ({
  id: session.id,
  grantId: session.grantId,
  clientId: grant.clientId,
  /** the client's registered name */
  clientName: grant.client.name,
  /** the software's own name, such as `Anthropic/ClaudeAI 1.0.0` */
  clientInfo: [session.clientName, session.clientVersion].filter(Boolean).join(' ') || null,
  protocolVersion: session.protocolVersion,
  userEmail: grant.user.email,
  startedAt: session.startedAt,
  lastSeenAt: session.lastSeenAt,
  requests: session.requests,
  calls: session.calls,
  /** open streams on all instances */
  streams: openStreams.reduce((sum, { count }) => sum + count, 0),
  endedAt: session.endedAt,
  endedBy: session.endedBy,
})

/** A session as the dashboard lists it. */
export type ListedSession = Readonly<ReturnType<typeof toListed>>

/** A page of sessions with their use. */
export async function listStoredSessions(
  filter: RowFilter,
  slice: Slice,
): Promise<ListedSession[]> {
  const grant = {
    ...(filter.clientId ? { clientId: filter.clientId } : {}),
    ...(filter.userId ? { userId: filter.userId } : {}),
  }
  const rows = await (await prisma()).mcpSession.findMany({
    where: {
      ...(filter.grantId ? { grantId: filter.grantId } : {}),
      ...memberOf(states, filter.state),
      ...(Object.keys(grant).length > 0 ? { grant } : {}),
      ...searching(filter.text, (contains) => [
        { id: contains },
        { clientName: contains },
        { protocolVersion: contains },
        { grant: { client: { name: contains } } },
        { grant: { user: { email: contains } } },
      ]),
    },
    orderBy: memberOf(orders, slice.order) ?? orders.newest,
    ...rowsOf(slice),
    ...listed(),
  })
  return rows.map(toListed)
}
