import 'server-only'
import { auditWith } from '@/lib/store/audit/audit'
import { prisma, transaction } from '@/lib/store/database/database'
import type { NewEvent } from '@/lib/store/events/events'
import type { User as UserRow } from '@/lib/store/generated/client'

/** A person who signs in to Portico. */
export type User = Readonly<Omit<UserRow, 'passwordHash'>>

/** Reads a user without the hash of the password. */
export const withoutPassword = { omit: { passwordHash: true } } as const

/** An e-mail address as it is stored and compared. */
export const sameEmail = (email: string): string => email.trim().toLowerCase()

/** The user, or `null` when there is none or it is disabled. */
export const findUser = async (id: string): Promise<User | null> =>
  (await prisma()).user.findUnique({ where: { id, disabledAt: null }, ...withoutPassword })

/** The user of an e-mail address; a disabled one, too. */
export const findUserByEmail = async (email: string): Promise<User | null> =>
  (await prisma()).user.findUnique({ where: { email: sameEmail(email) }, ...withoutPassword })

/** The user of an e-mail address together with the password hash. */
export async function findUserForSignIn(
  email: string,
): Promise<{ user: User; passwordHash: string | null } | null> {
  const where = { email: sameEmail(email), disabledAt: null }
  const row = await (await prisma()).user.findUnique({ where })
  if (!row) return null
  const { passwordHash, ...user } = row
  return { user, passwordHash }
}

/** Whether any account exists. */
export const hasUsers = async (): Promise<boolean> =>
  (await (await prisma()).user.findFirst({ select: { id: true } })) !== null

/** Creates the first user, an admin. @returns `false` when there is one, even since a moment ago */
export const createFirstAdmin = (
  admin: { id: string; email: string; name: string | null; passwordHash: string },
  events: readonly NewEvent[],
): Promise<boolean> =>
  transaction(async (connection) => {
    // two set-up forms sent at once must not create two admins
    await connection.$executeRaw`select pg_advisory_xact_lock(hashtext('portico.first-admin'))`
    if (await connection.user.findFirst({ select: { id: true } })) return false
    const email = sameEmail(admin.email)
    await connection.user.create({ data: { ...admin, email, role: 'admin' } })
    await connection.setting.deleteMany({ where: { key: { in: ['setup-link', 'setup-token'] } } })
    const actor = { userId: admin.id, address: events[0]?.address ?? null }
    const detail = { name: email, after: { role: 'admin' } }
    await auditWith(connection, actor, 'operator.created', admin.id, events, detail)
    return true
  })

/** E-mail addresses by user id. */
export async function userEmails(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await (await prisma()).user.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, email: true },
  })
  return new Map(rows.map(({ id, email }) => [id, email]))
}
