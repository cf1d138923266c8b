import 'server-only'
import { auditWith } from '@/lib/store/audit/audit'
import { grantSubject } from '@/lib/store/audit/subjects'
import { transaction } from '@/lib/store/database/database'
import { insertEventsWith, type NewEvent } from '@/lib/store/events/events'
import { forgetTokens } from '@/lib/store/tokens/state'
import type { Actor } from '@/lib/vocabulary'

/** Whether to pause or resume a grant, and, if it matters, who must have paused it. */
export type Turn = {
  readonly to: 'paused' | 'active'
  /** resumes only a pause by this user, or by an unknown one */
  readonly pausedBy?: string
}

/**
 * Pauses or resumes a grant: while paused, its tokens are refused but kept.
 *
 * @returns whether this call changed it
 */
export async function pauseGrant(
  grantId: string,
  { to, pausedBy }: Turn,
  at: Date,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<boolean> {
  const from = to === 'paused' ? 'active' : 'paused'
  const action = to === 'paused' ? 'grant.paused' : 'grant.resumed'
  const done = await transaction(async (connection) => {
    const { count } = await connection.grant.updateMany({
      where: {
        id: grantId,
        status: from,
        ...(pausedBy ? { OR: [{ pausedById: null }, { pausedById: pausedBy }] } : {}),
      },
      data: {
        status: to,
        pausedAt: to === 'paused' ? at : null,
        pausedById: to === 'paused' ? actor.userId : null,
      },
    })
    if (count === 0) return false
    const subject = await grantSubject(connection, grantId)
    await auditWith(connection, actor, action, grantId, {
      ...(subject ? { name: subject.name, facts: subject.facts } : {}),
      before: { state: from },
      after: { state: to },
    })
    await connection.$executeRaw`select pg_notify('portico_grants', ${grantId})`
    await insertEventsWith(connection, events)
    return true
  })
  forgetTokens(grantId)
  return done
}
