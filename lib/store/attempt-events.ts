import 'server-only'
import type { Attempt } from './attempts'
import { prisma } from './database'
import type { StoredEvent } from './events'

const isText = (id: string | null): id is string => id !== null

/** What was refused or failed in some attempts, oldest first, the newest thousand of it. */
export async function refusalsOf(attempts: readonly Attempt[]): Promise<StoredEvent[]> {
  if (attempts.length === 0) return []
  const rows = await (await prisma()).event.findMany({
    where: {
      outcome: { not: 'ok' },
      OR: [
        { interactionId: { in: attempts.map(({ id }) => id) } },
        { grantId: { in: attempts.map(({ grantId }) => grantId).filter(isText) } },
      ],
    },
    orderBy: { id: 'desc' },
    take: 1000,
  })
  return rows.reverse() as StoredEvent[]
}

/** A client that registered itself did so for one attempt, so what it did around then belongs to it. */
const aroundMs = 10 * 60_000

/** A page of what is recorded of an attempt, oldest first. @param after only events with a larger id */
export async function eventsOfAttempt(
  attempt: Attempt,
  limit: number,
  after?: bigint,
): Promise<StoredEvent[]> {
  const { id, grantId, clientId, clientKind, createdAt, expiresAt } = attempt
  const span = {
    gte: new Date(createdAt.getTime() - aroundMs),
    lte: new Date(expiresAt.getTime() + aroundMs),
  }
  const rows = await (await prisma()).event.findMany({
    where: {
      ...(after === undefined ? {} : { id: { gt: after } }),
      OR: [
        { interactionId: id },
        ...(grantId ? [{ grantId }] : []),
        ...(clientKind === 'dynamic'
          ? [{ clientId, interactionId: null, grantId: null, at: span }]
          : []),
      ],
    },
    orderBy: { id: 'asc' },
    take: limit,
  })
  return rows as StoredEvent[]
}
