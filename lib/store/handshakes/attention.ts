import 'server-only'
import { prisma } from '@/lib/store/database/database'

/** A client whose refreshes fail retries again and again: larger counts need not be told apart. */
const maxRefusals = 500

/**
 * How many refreshes were refused since a time, up to a few hundred: only of tokens that were issued here,
 * since anyone may send others.
 */
export async function countRefusedRefreshes(since: Date): Promise<number> {
  const [row] = await (await prisma()).$queryRaw<[{ count: number }]>`
    select coalesce(sum(count), 0)::int as count from (
      select at, detail, count from "Event" where name = 'token.refused'
        and "grantId" is not null order by id desc
      limit ${maxRefusals}) as refusal
    where at >= ${since} and detail ->> 'grantType' = 'refresh_token'`
  return row.count
}

/** How many alerts were given up since a time. */
export async function countFailedAlerts(since: Date): Promise<number> {
  return (await prisma()).alertDelivery.count({
    where: { state: 'failed', createdAt: { gte: since } },
  })
}

/** How many connections were allowed since a time. */
export async function countNewGrants(since: Date): Promise<number> {
  return (await prisma()).grant.count({ where: { createdAt: { gte: since } } })
}

/** How many of the newest attempts are counted. */
export const maxCounted = 5000

/** How many attempts since a time have each verdict, among the newest {@link maxCounted}. */
export async function countVerdicts(since: Date): Promise<Readonly<Record<string, number>>> {
  const rows = await (await prisma()).$queryRaw<{ verdict: string; count: number }[]>`
    select verdict, count(*)::int as count from (
      select verdict from "Handshake" where "startedAt" >= ${since}
      order by "startedAt" desc limit ${maxCounted}) as newest
    group by verdict`
  return Object.fromEntries(rows.map(({ verdict, count }) => [verdict, count]))
}
