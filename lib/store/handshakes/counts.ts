import 'server-only'
import type { Lane } from '@/lib/handshake/lane'
import { prisma } from '@/lib/store/database/database'

/** Failed and stalled attempts; `unattended` are those among both that anyone can cause. */
export type Troubled = {
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
