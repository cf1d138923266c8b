import 'server-only'
import type { AuditDetail } from '@/lib/store/audit/actions'
import { auditWith } from '@/lib/store/audit/audit'
import { prisma, transaction } from '@/lib/store/database/database'
import { insertEventsWith, type NewEvent } from '@/lib/store/events/events'
import type { Prisma } from '@/lib/store/generated/client'
import type { Actor } from '@/lib/vocabulary'
import { approveClientWith } from './grants'
import type { Interaction } from './interactions'

/** What is kept of a "yes" that waits for an operator. */
export type Held = {
  readonly heldAt: Date
  readonly heldById: string
  readonly heldScope: string
  readonly heldRemember: boolean
  readonly expiresAt: Date
}

/**
 * Holds an interaction for an operator, together with its event.
 *
 * @returns whether this call held it; `false` when it was held, decided or over before
 */
export function holdInteraction(
  id: string,
  held: Held,
  events: readonly NewEvent[],
): Promise<boolean> {
  return transaction(async (connection) => {
    const { count } = await connection.interaction.updateMany({
      where: { id, decidedAt: null, heldAt: null, expiresAt: { gt: held.heldAt } },
      data: held,
    })
    if (count === 0) return false
    await insertEventsWith(connection, events)
    return true
  })
}

/** Interactions last this long at most after they were held, in milliseconds: where an index is entered. */
const longestMs = 60 * 60_000

/** What an operator still has to decide at a time. */
const waiting = (now: Date) =>
  ({
    heldAt: { gt: new Date(now.getTime() - longestMs) },
    decidedAt: null,
    releasedAt: null,
    expiresAt: { gt: now },
    client: { approvedAt: null, disabledAt: null },
  }) satisfies Prisma.InteractionWhereInput

/** A "yes" that waits, with its client. */
export type WaitingInteraction = Prisma.InteractionGetPayload<{ include: { client: true } }>

/** A page of what waits, the longest first. @param cursor id of the row to start after */
export async function listWaiting(
  now: Date,
  limit: number,
  cursor?: string,
): Promise<WaitingInteraction[]> {
  return (await prisma()).interaction.findMany({
    where: waiting(now),
    orderBy: [{ heldAt: 'asc' }, { id: 'asc' }],
    take: limit,
    ...(cursor ? { cursor: { id: cursor }, skip: 1 } : {}),
    include: { client: true },
  })
}

/** How many wait. */
export const countWaiting = async (now: Date): Promise<number> =>
  (await prisma()).interaction.count({ where: waiting(now) })

/** An operator's decision, as it is stored. */
export type Verdict = {
  readonly approve: boolean
  readonly at: Date
  /** until when the person's browser may come for its answer */
  readonly expiresAt: Date
  readonly actor: Actor & { readonly userId: string }
  readonly detail: AuditDetail
}

/**
 * Decides about a "yes" that waits, together with its events and the audit entry. One conditional
 * statement, so that of two operators one decides. To approve also approves the client for everybody.
 *
 * @returns whether this call decided it
 */
export function decideWaiting(
  interaction: Pick<Interaction, 'id' | 'clientId'>,
  { approve, at, expiresAt, actor, detail }: Verdict,
  events: readonly NewEvent[],
): Promise<boolean> {
  const { id, clientId } = interaction
  return transaction(async (connection) => {
    const { count } = await connection.interaction.updateMany({
      where: { id, ...waiting(at) },
      data: approve
        ? { releasedAt: at, releasedById: actor.userId, expiresAt }
        : { decidedAt: at, decision: 'denied' },
    })
    if (count === 0) return false
    if (approve) await approveClientWith(connection, clientId, actor.userId, at)
    const action = approve ? 'consent.approved' : 'consent.denied'
    await auditWith(connection, actor, action, id, detail)
    await insertEventsWith(connection, events)
    return true
  })
}
