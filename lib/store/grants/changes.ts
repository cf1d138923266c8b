import 'server-only'
import { auditWith, grantSubject } from '@/lib/store/audit/audit'
import { changing, transaction } from '@/lib/store/database/database'
import type { NewEvent } from '@/lib/store/events/events'
import { forgetTokensWith } from '@/lib/store/tokens/state'
import type { Actor } from '@/lib/vocabulary'

/** Whether to pause or resume a grant, and, if it matters, who must have paused it. */
export type PauseChange = {
  readonly to: 'paused' | 'active'
  /** resumes only a pause by this user, or by an unknown one */
  readonly pausedBy?: string
}

/** Pauses or resumes a grant: a paused one keeps its tokens, refused. @returns whether it did */
export function pauseGrant(
  grantId: string,
  { to, pausedBy }: PauseChange,
  at: Date,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<boolean> {
  const from = to === 'paused' ? 'active' : 'paused'
  const action = to === 'paused' ? 'grant.paused' : 'grant.resumed'
  const pause = to === 'paused' ? { at, by: actor.userId } : { at: null, by: null }
  return changing(
    ({ grant }) =>
      grant.updateMany({
        where: {
          id: grantId,
          status: from,
          ...(pausedBy ? { OR: [{ pausedById: null }, { pausedById: pausedBy }] } : {}),
        },
        data: { status: to, pausedAt: pause.at, pausedById: pause.by },
      }),
    async (connection) => {
      await auditWith(connection, actor, action, grantId, events, {
        ...(await grantSubject(connection, grantId))?.named,
        before: { state: from },
        after: { state: to },
      })
      await forgetTokensWith(connection, grantId)
    },
  )
}

/** Sets or removes a grant's own name. @returns the previous one; `undefined` if nothing changed */
export const renameGrant = (
  id: string,
  label: string | null,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<string | null | undefined> =>
  transaction(async (connection) => {
    const [before] = await connection.$queryRaw<{ label: string | null }[]>`
      select label from "Grant" where id = ${id} for update`
    if (!before || before.label === label) return undefined
    await connection.grant.update({ where: { id }, data: { label } })
    await auditWith(connection, actor, 'grant.renamed', id, events, {
      before: { label: before.label },
      after: { label },
    })
    return before.label
  })
