import 'server-only'
import { auditWith } from '@/lib/store/audit/audit'
import {
  type Connection,
  isUniqueViolation,
  prisma,
  transaction,
} from '@/lib/store/database/database'
import { insertEventsWith, type NewEvent } from '@/lib/store/events/events'
import type { Identity as IdentityRow } from '@/lib/store/generated/client'
import type { Actor, Role } from '@/lib/vocabulary'
import type { User } from './users'

/** An account at another provider. */
export type Identity = Readonly<Pick<IdentityRow, 'provider' | 'subject' | 'email'>>

const withoutPassword = { passwordHash: true } as const

/** The account linked to an identity; a disabled one, too. */
export async function findUserOfIdentity(
  provider: string,
  subject: string,
  at: Date,
): Promise<User | null> {
  const client = await prisma()
  const row = await client.identity.findUnique({
    where: { provider_subject: { provider, subject } },
    include: { user: { omit: withoutPassword } },
  })
  if (!row) return null
  await client.identity.updateMany({ where: { provider, subject }, data: { lastUsedAt: at } })
  return row.user
}

/** The account of an e-mail address; a disabled one, too. */
export const findUserByEmail = async (email: string): Promise<User | null> =>
  (await prisma()).user.findUnique({
    where: { email: email.toLowerCase() },
    omit: withoutPassword,
  })

/** Links an account to one at another provider, inside a transaction. */
export async function linkIdentityWith(
  connection: Connection,
  userId: string,
  identity: Identity,
  at: Date,
  actor: Actor,
): Promise<void> {
  await connection.identity.create({
    data: { ...identity, userId, createdAt: at, lastUsedAt: at },
  })
  const { provider, email } = identity
  await auditWith(connection, actor, 'identity.linked', userId, {
    name: email,
    facts: { provider },
  })
}

/** Runs `work`, unless another request of the same person was faster. */
async function unlessExists(work: (connection: Connection) => Promise<void>): Promise<boolean> {
  try {
    await transaction(work)
    return true
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}

/** Links an account to an identity of another provider. @returns whether they were not linked before */
export const linkIdentity = (
  userId: string,
  identity: Identity,
  at: Date,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<boolean> =>
  unlessExists(async (connection) => {
    await linkIdentityWith(connection, userId, identity, at, actor)
    await insertEventsWith(connection, events)
  })

/** Creates an account for an identity of another provider. @returns whether there was none */
export const createUserOfIdentity = (
  user: { id: string; email: string; name: string | null; role: Role },
  identity: Identity,
  at: Date,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<boolean> =>
  unlessExists(async (connection) => {
    await connection.user.create({ data: { ...user, createdAt: at } })
    await auditWith(connection, actor, 'operator.joined', user.id, {
      name: user.email,
      after: { role: user.role },
      facts: { provider: identity.provider },
    })
    await linkIdentityWith(connection, user.id, identity, at, actor)
    await insertEventsWith(connection, events)
  })
