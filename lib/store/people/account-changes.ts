import 'server-only'
import { auditWith } from '@/lib/store/audit/audit'
import { type Connection, prisma, transaction } from '@/lib/store/database/database'
import type { NewEvent } from '@/lib/store/events/events'
import type { Prisma } from '@/lib/store/generated/client'
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
    const where = { id: userId }
    const before = await connection.user.findUnique({ where, select: { name: true } })
    await connection.user.update({ where, data: { name } })
    await auditWith(connection, actor, 'account.renamed', userId, events, {
      before: { name: before?.name ?? null },
      after: { name },
    })
  })
}

/**
 * Changes a user's password, inside a transaction, and ends everything that must end with the old one.
 *
 * @param where the user, and the state in which the password may be changed
 * @param sessionId the session that continues
 * @returns how many sessions ended; `null` when there is no such user
 */
export async function replacePasswordWith(
  connection: Connection,
  where: Prisma.UserWhereInput & { readonly id: string },
  passwordHash: string,
  at: Date,
  sessionId?: string,
): Promise<number | null> {
  const data = { passwordHash, browsersSince: at }
  const { count } = await connection.user.updateMany({ where, data })
  if (count === 0) return null
  return endSessionsWith(connection, where.id, at, sessionId ? { not: sessionId } : undefined)
}

/** What a change of password replaces, and which session continues. */
type PasswordChange = {
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
export const replacePassword = (
  { userId, oldHash, newHash, sessionId, at }: PasswordChange,
  actor: Actor,
  eventsFor: (sessions: number) => readonly NewEvent[],
): Promise<number | null> =>
  transaction(async (connection) => {
    const where = { id: userId, passwordHash: oldHash }
    const sessions = await replacePasswordWith(connection, where, newHash, at, sessionId)
    if (sessions === null) return null
    const facts = { sessions }
    const events = eventsFor(sessions)
    await auditWith(connection, actor, 'account.password-changed', userId, events, { facts })
    return sessions
  })
