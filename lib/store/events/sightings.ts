import 'server-only'
import { prisma } from '@/lib/store/database/database'

/** What lib/events/agent.ts calls requests of `Claude-User`. */
const claudeUser = 'Claude (hosted)'

/** How many of the newest events are looked at for marks of edges. */
const looksBack = 1000
/** And how many are passed over for them. */
const mostLookedAt = 20_000

/**
 * When `Claude-User` was last seen, in milliseconds since the epoch. Anybody can call themselves so
 * from elsewhere: what counts came from Anthropic's network, with a token, or through a proxy that
 * hides where it came from.
 *
 * @param before only requests before this time
 * @returns `null` where there was none
 */
export async function claudeUserSeenAt(before?: Date): Promise<number | null> {
  const newest = await (await prisma()).event.findFirst({
    where: {
      agent: claudeUser,
      OR: [{ network: null }, { network: { not: 'public' } }, { grantId: { not: null } }],
      ...(before ? { at: { lt: before } } : {}),
    },
    orderBy: { at: 'desc' },
    select: { at: true },
  })
  return newest?.at.getTime() ?? null
}

/**
 * Names of the headers that edges and proxies left on the newest requests. Anybody can send such a
 * header, and what passes an edge bears it always: so those of people, of connections and of
 * Anthropic's network count.
 */
export async function edgeMarksSeen(): Promise<string[]> {
  const rows = await (await prisma()).$queryRaw<{ mark: string }[]>`
    select distinct jsonb_object_keys(edge) as mark from (
      select edge from (select * from "Event" order by id desc limit ${mostLookedAt}) as latest
      where "grantId" is not null or "userId" is not null or network = 'anthropic'
      order by id desc limit ${looksBack}
    ) as newest
    where jsonb_typeof(edge) = 'object'`
  return rows.map(({ mark }) => mark).sort()
}
