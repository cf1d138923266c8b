import 'server-only'
import { auditWith } from '@/lib/store/audit/audit'
import { transaction } from '@/lib/store/database/database'
import type { NewEvent } from '@/lib/store/events/events'
import type { Actor } from '@/lib/vocabulary'

/**
 * Sets or removes a grant's own name.
 *
 * @returns the previous name; `undefined` when the name is unchanged or the grant does not exist
 */
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
