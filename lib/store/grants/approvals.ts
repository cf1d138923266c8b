import 'server-only'
import type { AuditDetail } from '@/lib/store/audit/actions'
import { auditWith } from '@/lib/store/audit/audit'
import { changing, prisma } from '@/lib/store/database/database'
import { insertEventsWith, type NewEvent } from '@/lib/store/events/events'
import type { Prisma } from '@/lib/store/generated/client'
import { rowsOf } from '@/lib/store/slice'
import type { Actor } from '@/lib/vocabulary'
import { approveClientWith } from './grants'
import type { Interaction } from './interactions'

/** What is stored of an approval that waits for an operator. */
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
 * @returns whether this call held it; `false` when it was already held, decided or over
 */
export const holdInteraction = (
  id: string,
  held: Held,
  events: readonly NewEvent[],
): Promise<boolean> =>
  changing(
    ({ interaction }) =>
      interaction.updateMany({
        where: { id, decidedAt: null, heldAt: null, expiresAt: { gt: held.heldAt } },
        data: held,
      }),
    (connection) => insertEventsWith(connection, events),
  )

/** The longest an interaction lasts after it was held, in milliseconds: a lower bound for the index. */
const longestMs = 60 * 60_000

/** Held interactions that are undecided at a time. */
const waiting = (now: Date) =>
  ({
    heldAt: { gt: new Date(now.getTime() - longestMs) },
    decidedAt: null,
    releasedAt: null,
    expiresAt: { gt: now },
    client: { approvedAt: null, disabledAt: null },
  }) satisfies Prisma.InteractionWhereInput

/** A held interaction, with its client. */
export type WaitingInteraction = Prisma.InteractionGetPayload<{ include: { client: true } }>

/** A page of held interactions, longest wait first. @param after id of the row to start after */
export const listWaiting = async (
  now: Date,
  limit: number,
  after?: string,
): Promise<WaitingInteraction[]> =>
  (await prisma()).interaction.findMany({
    where: waiting(now),
    orderBy: [{ heldAt: 'asc' }, { id: 'asc' }],
    ...rowsOf({ limit, after }),
    include: { client: true },
  })

/** How many are held. */
export const countWaiting = async (now: Date): Promise<number> =>
  (await prisma()).interaction.count({ where: waiting(now) })

/** An operator's decision, as it is stored. */
type ApprovalDecision = {
  readonly approve: boolean
  readonly at: Date
  /** until when the person's browser may fetch the answer */
  readonly expiresAt: Date
  readonly actor: Actor & { readonly userId: string }
  readonly detail: AuditDetail
}

/**
 * Decides a held interaction, together with its events and the audit entry. One conditional statement, so
 * that only one of two operators decides. Approval also approves the client for everyone.
 *
 * @returns whether this call decided it
 */
export const decideWaiting = (
  { id, clientId }: Pick<Interaction, 'id' | 'clientId'>,
  { approve, at, expiresAt, actor, detail }: ApprovalDecision,
  events: readonly NewEvent[],
): Promise<boolean> =>
  changing(
    ({ interaction }) =>
      interaction.updateMany({
        where: { id, ...waiting(at) },
        data: approve
          ? { releasedAt: at, releasedById: actor.userId, expiresAt }
          : { decidedAt: at, decision: 'denied' },
      }),
    async (connection) => {
      if (approve) await approveClientWith(connection, clientId, actor.userId, at)
      const action = approve ? 'consent.approved' : 'consent.denied'
      await auditWith(connection, actor, action, id, events, detail)
    },
  )
