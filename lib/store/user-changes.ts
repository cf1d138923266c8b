import 'server-only'
import { transaction } from './database'
import { insertEventsWith, type NewEvent } from './events'
import type { Actor } from './grants'
import { forgetTokens } from './token-state'

/**
 * Disables or enables a user: a disabled one cannot sign in, and every token that was issued for
 * them is refused, on every instance.
 *
 * @returns whether it was in the other state before
 */
export async function setUserDisabled(
  id: string,
  disabledAt: Date | null,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<boolean> {
  const changed = await transaction(async (connection) => {
    const { count } = await connection.user.updateMany({
      where: { id, disabledAt: disabledAt ? null : { not: null } },
      data: { disabledAt },
    })
    if (count === 0) return false
    const action = disabledAt ? 'user.disabled' : 'user.enabled'
    await connection.auditEntry.create({ data: { ...actor, action, subject: id, detail: {} } })
    await connection.$executeRaw`select pg_notify('portico_grants', '')`
    await insertEventsWith(connection, events)
    return true
  })
  forgetTokens('')
  return changed
}
