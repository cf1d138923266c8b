import 'server-only'
import { type Connection, transaction } from './database'
import { insertEventsWith, type NewEvent } from './events'
import type { Actor } from './grants'
import { forgetTokens } from './token-state'
import type { Role } from './users'

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
    await noteChange(connection, id, action, {}, actor)
    await insertEventsWith(connection, events)
    return true
  })
  forgetTokens('')
  return changed
}

/**
 * Gives a user another role. What their tokens may do follows with the next request, on every
 * instance.
 *
 * @returns whether it was another before
 */
export async function setUserRole(
  id: string,
  role: Role,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<boolean> {
  const changed = await transaction(async (connection) => {
    const { count } = await connection.user.updateMany({
      where: { id, role: { not: role } },
      data: { role },
    })
    if (count === 0) return false
    await noteChange(connection, id, 'user.role-changed', { role }, actor)
    await insertEventsWith(connection, events)
    return true
  })
  forgetTokens('')
  return changed
}

/** The audit trail of a change that may end what tokens are good for, and a word to all instances. */
async function noteChange(
  connection: Connection,
  subject: string,
  action: string,
  detail: Readonly<Record<string, string>>,
  actor: Actor,
): Promise<void> {
  await connection.auditEntry.create({ data: { ...actor, action, subject, detail } })
  await connection.$executeRaw`select pg_notify('portico_grants', '')`
}
