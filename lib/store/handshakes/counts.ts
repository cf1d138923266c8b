import 'server-only'
import type { StageId } from '@/lib/handshake/handshake'
import { type Lane, lanes } from '@/lib/handshake/lane'
import { prisma } from '@/lib/store/database/database'

/** Failed and stalled attempts; `unattended` are those among both that anyone can cause. */
type Troubled = {
  readonly stalled: number
  readonly failed: number
  readonly unattended: number
}

/** How many attempts failed or stalled since a time, by the time of their verdict. */
export async function countTroubled(since: Date): Promise<Troubled> {
  const { handshake } = await prisma()
  const counted = (verdict: string, of: readonly Lane[]) =>
    handshake.count({ where: { lane: { in: [...of] }, verdict, verdictAt: { gte: since } } })
  const [stalled, failed, ...others] = await Promise.all([
    counted('stalled', ['person', 'claude']),
    counted('failed', ['person', 'claude']),
    counted('stalled', ['stranger']),
    counted('failed', ['stranger']),
  ])
  return { stalled, failed, unattended: others.reduce((sum, count) => sum + count, 0) }
}

/**
 * How many handshakes of other clients failed or stalled at the same step. What strangers cause is no
 * evidence of what people meet: only its own lane counts, and those before it.
 *
 * @param since counts from this time on
 */
export const countFailingAlike = async (
  { id, clientId }: { readonly id: string; readonly clientId: string | null },
  lane: Lane,
  stage: StageId,
  since: Date,
): Promise<number> =>
  (await prisma()).handshake.count({
    where: {
      lane: { in: lanes.slice(0, lanes.indexOf(lane) + 1) },
      stage,
      verdict: { in: ['stalled', 'failed'] },
      startedAt: { gte: since },
      id: { not: id },
      ...(clientId === null ? {} : { OR: [{ clientId: null }, { clientId: { not: clientId } }] }),
    },
  })

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
export const countFailedAlerts = async (since: Date): Promise<number> =>
  (await prisma()).alertDelivery.count({ where: { state: 'failed', createdAt: { gte: since } } })

/** How many connections were allowed since a time. */
export const countNewGrants = async (since: Date): Promise<number> =>
  (await prisma()).grant.count({ where: { createdAt: { gte: since } } })

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

/** The handshakes that events belong to; events without one, or not yet joined, are left out. */
export async function handshakesOfEvents(
  eventIds: readonly bigint[],
): Promise<ReadonlyMap<string, string>> {
  if (eventIds.length === 0) return new Map()
  const rows = await (await prisma()).handshakeEvent.findMany({
    where: { eventId: { in: [...eventIds] } },
    select: { eventId: true, handshakeId: true },
  })
  return new Map(rows.map(({ eventId, handshakeId }) => [String(eventId), handshakeId]))
}
