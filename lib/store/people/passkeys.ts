import 'server-only'
import { auditWith } from '@/lib/store/audit/audit'
import {
  changing,
  isUniqueViolation,
  prisma,
  transaction,
  unless,
} from '@/lib/store/database/database'
import type { NewEvent } from '@/lib/store/events/events'
import type { Passkey as PasskeyRow } from '@/lib/store/generated/client'
import type { Actor } from '@/lib/vocabulary'
import { type User, withoutPassword } from './users'

/** A public key that a person signs in with. */
export type Passkey = Readonly<PasskeyRow>

/**
 * Uses a challenge, by its hash, which is kept until the challenge would have expired.
 *
 * @param userId who adds a passkey; `null` to sign in with one
 * @returns whether it was unused
 */
export async function consumeChallenge(
  challengeHash: string,
  userId: string | null,
  expiresAt: Date,
): Promise<boolean> {
  const { count } = await (await prisma()).passkeyChallenge.createMany({
    data: [{ challengeHash, userId, expiresAt }],
    skipDuplicates: true,
  })
  return count === 1
}

/** The passkeys of a person, oldest first. */
export const listPasskeysOf = async (userId: string): Promise<Passkey[]> =>
  (await prisma()).passkey.findMany({ where: { userId }, orderBy: { createdAt: 'asc' } })

/** A passkey and its user; `null` when it is unknown or the user is disabled. */
export async function findPasskey(id: string): Promise<{ passkey: Passkey; user: User } | null> {
  const row = await (await prisma()).passkey.findUnique({
    where: { id },
    include: { user: withoutPassword },
  })
  if (!row || row.user.disabledAt) return null
  const { user, ...passkey } = row
  return { passkey, user }
}

/**
 * Records the use of a passkey.
 *
 * @returns whether its counter was still what the caller compared with: of two concurrent uses of a cloned
 *   passkey, one is refused (WebAuthn §7.2, step 22)
 */
export async function notePasskeyUse(
  { id, counter }: Pick<Passkey, 'id' | 'counter'>,
  newCounter: bigint,
  at: Date,
): Promise<boolean> {
  const { count } = await (await prisma()).passkey.updateMany({
    where: { id, counter },
    data: { counter: newCounter, lastUsedAt: at },
  })
  return count === 1
}

/** Adds a passkey. @returns whether it is new; `false` when it already belongs to an account */
export const insertPasskey = (
  passkey: Omit<Passkey, 'lastUsedAt'>,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<boolean> =>
  unless(isUniqueViolation, () =>
    transaction(async (connection) => {
      const { id, name } = passkey
      await connection.passkey.create({
        data: { ...passkey, publicKey: new Uint8Array(passkey.publicKey) },
      })
      await auditWith(connection, actor, 'passkey.added', id, events, { name })
      return true
    }),
  )

/** Renames a passkey of a person. @returns whether it exists */
export const updatePasskeyName = (
  { id, userId, name: before }: Pick<Passkey, 'id' | 'userId' | 'name'>,
  after: string,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<boolean> =>
  changing(
    ({ passkey }) => passkey.updateMany({ where: { id, userId }, data: { name: after } }),
    (connection) =>
      auditWith(connection, actor, 'passkey.renamed', id, events, {
        name: after,
        before: { name: before },
        after: { name: after },
      }),
  )

/** Removes a passkey of a person. @returns whether it existed */
export const deletePasskey = (
  { id, userId, name }: Pick<Passkey, 'id' | 'userId' | 'name'>,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<boolean> =>
  changing(
    ({ passkey }) => passkey.deleteMany({ where: { id, userId } }),
    (connection) => auditWith(connection, actor, 'passkey.removed', id, events, { name }),
  )
