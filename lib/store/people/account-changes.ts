import 'server-only'
import { auditWith } from '@/lib/store/audit/audit'
import { prisma, transaction } from '@/lib/store/database/database'
import { insertEventsWith, type NewEvent } from '@/lib/store/events/events'
import type { Actor } from '@/lib/vocabulary'
import { endSessionsWith } from './sessions'

/** The password hash of a person; `null` for one without a password. */
export async function passwordHashOf(userId: string): Promise<string | null> {
  const row = await (await prisma()).user.findUnique({
    where: { id: userId },
    select: { passwordHash: true },
  })
  return row?.passwordHash ?? null
}

/** Renames an account. */
export async function renameAccount(
  userId: string,
  name: string | null,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<void> {
  await transaction(async (connection) => {
    const before = await connection.user.findUnique({
      where: { id: userId },
      select: { name: true },
    })
    await connection.user.update({ where: { id: userId }, data: { name } })
    await auditWith(connection, actor, 'account.renamed', userId, {
      before: { name: before?.name ?? null },
      after: { name },
    })
    await insertEventsWith(connection, events)
  })
}

/** What a change of password replaces, and which session continues. */
export type PasswordChange = {
  readonly userId: string
  readonly oldHash: string
  readonly newHash: string
  readonly sessionId: string | undefined
  readonly at: Date
}

/**
 * Changes an account's password, ends all other sessions and forgets its known browsers.
 *
 * @param eventsFor the events, by how many sessions ended
 * @returns how many sessions ended; `null` when the password was changed meanwhile
 */
export function changePassword(
  { userId, oldHash, newHash, sessionId, at }: PasswordChange,
  actor: Actor,
  eventsFor: (sessions: number) => readonly NewEvent[],
): Promise<number | null> {
  return transaction(async (connection) => {
    const { count } = await connection.user.updateMany({
      where: { id: userId, passwordHash: oldHash },
      data: { passwordHash: newHash, browsersSince: at },
    })
    if (count === 0) return null
    const sessions = await endSessionsWith(connection, userId, at, sessionId)
    await auditWith(connection, actor, 'account.password-changed', userId, { facts: { sessions } })
    await insertEventsWith(connection, eventsFor(sessions))
    return sessions
  })
}
