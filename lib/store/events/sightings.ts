import 'server-only'
import { prisma } from '@/lib/store/database/database'

/** What lib/events/agent.ts calls requests of `Claude-User`. */
const claudeUser = 'Claude (hosted)'

/** How many of the newest events are searched for edge marks. */
const looksBack = 1000
/** How many events are skipped for them at most. */
const maxLookedAt = 20_000

/**
 * When `Claude-User` was last seen, in milliseconds since the epoch. Anyone can send that name: only
 * requests from Anthropic's network count, or with a token, or through a proxy that hides where they came
 * from.
 *
 * @param before only requests before this time
 * @returns `null` when there was none
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
 * Names of the headers that edges and proxies left on the newest requests. Anyone can send such a header,
 * and everything that passes an edge has it: so only requests of people, of connections and from
 * Anthropic's network count.
 */
export async function edgeMarksSeen(): Promise<string[]> {
  const rows = await (await prisma()).$queryRaw<{ mark: string }[]>`
    select distinct jsonb_object_keys(edge) as mark from (
      select edge from (select * from "Event" order by id desc limit ${maxLookedAt}) as latest
      where "grantId" is not null or "userId" is not null or network = 'anthropic'
      order by id desc limit ${looksBack}
    ) as newest
    where jsonb_typeof(edge) = 'object'`
  return rows.map(({ mark }) => mark).sort()
}
