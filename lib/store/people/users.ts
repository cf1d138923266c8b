import 'server-only'
import { auditWith } from '@/lib/store/audit/audit'
import { prisma, transaction } from '@/lib/store/database/database'
import { insertEventsWith, type NewEvent } from '@/lib/store/events/events'
import type { User as UserRow } from '@/lib/store/generated/client'

/** A person who signs in to Portico. */
export type User = Readonly<Omit<UserRow, 'passwordHash'>>

const withoutPassword = ({ passwordHash: _, ...user }: UserRow): User => user

/** An e-mail address as it is stored and compared. */
export const sameEmail = (email: string): string => email.trim().toLowerCase()

/** The user, or `null` when there is none or it is disabled. */
export async function findUser(id: string): Promise<User | null> {
  const user = await (await prisma()).user.findUnique({ where: { id } })
  return user && !user.disabledAt ? withoutPassword(user) : null
}

/** The user of an e-mail address together with the password hash. */
export async function findUserForSignIn(
  email: string,
): Promise<{ user: User; passwordHash: string | null } | null> {
  const row = await (await prisma()).user.findUnique({ where: { email: sameEmail(email) } })
  return row && !row.disabledAt
    ? { user: withoutPassword(row), passwordHash: row.passwordHash }
    : null
}

/** Whether any account exists. */
export const hasUsers = async (): Promise<boolean> =>
  (await (await prisma()).user.findFirst({ select: { id: true } })) !== null

/**
 * Creates the first user, an admin, if there is none yet; of concurrent calls, one succeeds.
 *
 * @returns whether this call created it
 */
export function createFirstAdmin(
  admin: { id: string; email: string; name: string | null; passwordHash: string },
  events: readonly NewEvent[],
): Promise<boolean> {
  return transaction(async (connection) => {
    // two set-up forms sent at once must not create two admins
    await connection.$executeRaw`select pg_advisory_xact_lock(hashtext('portico.first-admin'))`
    if (await connection.user.findFirst({ select: { id: true } })) return false
    await connection.user.create({
      data: { ...admin, email: sameEmail(admin.email), role: 'admin' },
    })
    await connection.setting.deleteMany({ where: { key: { in: ['setup-link', 'setup-token'] } } })
    const actor = { userId: admin.id, address: events[0]?.address ?? null }
    await auditWith(connection, actor, 'operator.created', admin.id, {
      name: sameEmail(admin.email),
      after: { role: 'admin' },
    })
    await insertEventsWith(connection, events)
    return true
  })
}

/** E-mail addresses by user id. */
export async function userEmails(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await (await prisma()).user.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, email: true },
  })
  return new Map(rows.map(({ id, email }) => [id, email]))
}
