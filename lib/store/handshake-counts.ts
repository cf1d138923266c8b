import 'server-only'
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
