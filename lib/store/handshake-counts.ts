import 'server-only'
import type { StageId } from '@/lib/handshake/handshake'
import { prisma } from './database'

/** How many attempts came to nothing since a time, by the time of their verdict. */
export async function countTroubled(
  since: Date,
): Promise<{ readonly stalled: number; readonly failed: number }> {
  const { handshake } = await prisma()
  const counted = (verdict: string) =>
    handshake.count({ where: { verdict, verdictAt: { gte: since } } })
  const [stalled, failed] = await Promise.all([counted('stalled'), counted('failed')])
  return { stalled, failed }
}

/** How many attempts of other clients ended at a step since a time. */
export async function countFailingAlike(
  stage: StageId,
  clientId: string | null,
  since: Date,
): Promise<number> {
  const rows = await (await prisma()).handshake.groupBy({
    by: ['clientId'],
    where: { stage, verdict: { in: ['stalled', 'failed'] }, verdictAt: { gte: since } },
    _count: true,
  })
  return rows
    .filter((row) => row.clientId === null || row.clientId !== clientId)
    .reduce((sum, row) => sum + row._count, 0)
}

/** Which handshakes events belong to; an event of none, or not yet joined, is missing. */
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
