import 'server-only'
import { auditWith } from '@/lib/store/audit/audit'
import {
  type Connection,
  isUniqueViolation,
  prisma,
  transaction,
  unless,
} from '@/lib/store/database/database'
import type { NewEvent } from '@/lib/store/events/events'
import type { Identity as IdentityRow } from '@/lib/store/generated/client'
import type { Actor } from '@/lib/vocabulary'
import { type User, withoutPassword } from './users'

/** An account at another provider. */
export type LinkedIdentity = Readonly<Pick<IdentityRow, 'provider' | 'subject' | 'email'>>

/** The account linked to an identity; a disabled one, too. */
export async function findUserOfIdentity(
  provider: string,
  subject: string,
  at: Date,
): Promise<User | null> {
  const client = await prisma()
  const row = await client.identity.findUnique({
    where: { provider_subject: { provider, subject } },
    include: { user: withoutPassword },
  })
  if (!row) return null
  await client.identity.updateMany({ where: { provider, subject }, data: { lastUsedAt: at } })
  return row.user
}

/** Links an account to one at another provider, inside a transaction. */
async function linkIdentityWith(
  connection: Connection,
  userId: string,
  identity: LinkedIdentity,
  at: Date,
  actor: Actor,
  events: readonly NewEvent[] = [],
): Promise<void> {
  await connection.identity.create({ data: { ...identity, userId, createdAt: at, lastUsedAt: at } })
  const { provider, email } = identity
  const detail = { name: email, facts: { provider } }
  await auditWith(connection, actor, 'identity.linked', userId, events, detail)
}

/** Runs `work`, unless another request of the same person was faster. */
const unlessExists = (work: (connection: Connection) => Promise<void>): Promise<boolean> =>
  unless(isUniqueViolation, () => transaction(work).then(() => true))

/** Links an account to an identity of another provider. @returns whether they were not linked before */
export const linkIdentity = (
  userId: string,
  identity: LinkedIdentity,
  at: Date,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<boolean> =>
  unlessExists((connection) => linkIdentityWith(connection, userId, identity, at, actor, events))

type NewUser = Pick<User, 'id' | 'email' | 'name' | 'role'> & {
  readonly passwordHash?: string | null
}

/** Creates an account, and links it to the identity that its person signs in with, if any. */
export async function createUserWith(
  connection: Connection,
  user: NewUser,
  identity: LinkedIdentity | undefined,
  at: Date,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<void> {
  await connection.user.create({ data: { ...user, createdAt: at } })
  await auditWith(connection, actor, 'operator.joined', user.id, events, {
    name: user.email,
    after: { role: user.role },
    ...(identity ? { facts: { provider: identity.provider } } : {}),
  })
  if (identity) await linkIdentityWith(connection, user.id, identity, at, actor)
}

/** Creates an account for an identity of another provider. @returns whether there was none */
export const createUserOfIdentity = (
  user: NewUser,
  identity: LinkedIdentity,
  at: Date,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<boolean> =>
  unlessExists((connection) => createUserWith(connection, user, identity, at, actor, events))
