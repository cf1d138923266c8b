import 'server-only'
import type { AuditAction } from '@/lib/store/audit/actions'
import { auditWith } from '@/lib/store/audit/audit'
import { type Connection, changing, prisma } from '@/lib/store/database/database'
import type { NewEvent } from '@/lib/store/events/events'
import type { Totp as TotpRow } from '@/lib/store/generated/client'
import type { Actor } from '@/lib/vocabulary'

/** The secret of a person's authenticator app. */
export type Totp = Readonly<TotpRow>

/** The secret of a person, confirmed or not yet. */
export const findTotp = async (userId: string): Promise<Totp | null> =>
  (await prisma()).totp.findUnique({ where: { userId } })

/**
 * Stores a secret to be confirmed, replacing an earlier unconfirmed one.
 *
 * @returns whether it did; `false` when a confirmed one exists
 */
export async function saveTotpDraft(
  userId: string,
  secretEncrypted: string,
  at: Date,
): Promise<boolean> {
  const count = await (await prisma()).$executeRaw`
    insert into "Totp" ("userId", "secretEncrypted", "createdAt")
      values (${userId}, ${secretEncrypted}, ${at})
      on conflict ("userId") do update
        set "secretEncrypted" = excluded."secretEncrypted", "createdAt" = excluded."createdAt"
        where "Totp"."confirmedAt" is null`
  return count === 1
}

/** Accepts a time step unless it, or a later one, was accepted before (RFC 6238 §5.2). */
export async function acceptStep(userId: string, step: number): Promise<boolean> {
  const { count } = await (await prisma()).totp.updateMany({
    where: { userId, OR: [{ lastStep: null }, { lastStep: { lt: step } }] },
    data: { lastStep: step },
  })
  return count === 1
}

/** Uses a recovery code. @returns whether it existed unused */
export async function consumeRecoveryCode(
  codeHash: string,
  userId: string,
  at: Date,
): Promise<boolean> {
  const { count } = await (await prisma()).recoveryCode.updateMany({
    where: { codeHash, userId, usedAt: null },
    data: { usedAt: at },
  })
  return count === 1
}

/** How many unused recovery codes a person has. */
export const countRecoveryCodes = async (userId: string): Promise<number> =>
  (await prisma()).recoveryCode.count({ where: { userId, usedAt: null } })

/** Writes the audit entry and the events of a change of one-time codes, and their new recovery codes. */
const recording =
  (
    userId: string,
    action: AuditAction,
    actor: Actor,
    events: readonly NewEvent[],
    recoveryHashes: readonly string[],
  ) =>
  async (connection: Connection): Promise<void> => {
    await connection.recoveryCode.deleteMany({ where: { userId } })
    const data = recoveryHashes.map((codeHash) => ({ codeHash, userId }))
    await connection.recoveryCode.createMany({ data })
    const { email: name } = await connection.user.findUniqueOrThrow({
      where: { id: userId },
      select: { email: true },
    })
    await auditWith(connection, actor, action, userId, events, { name })
  }

/** Confirms a secret, whose first code was right, and stores its recovery codes. */
export const confirmTotp = (
  {
    userId,
    secretEncrypted,
    step,
    at,
  }: { userId: string; secretEncrypted: string; step: number; at: Date },
  recoveryHashes: readonly string[],
  actor: Actor,
  events: readonly NewEvent[],
): Promise<boolean> =>
  changing(
    ({ totp }) =>
      totp.updateMany({
        where: { userId, secretEncrypted, confirmedAt: null },
        data: { confirmedAt: at, lastStep: step },
      }),
    recording(userId, 'totp.enabled', actor, events, recoveryHashes),
  )

/** Replaces all recovery codes. */
export const replaceRecoveryCodes = (
  userId: string,
  hashes: readonly string[],
  actor: Actor,
  events: readonly NewEvent[],
): Promise<boolean> =>
  changing(
    // the row is locked, so that two concurrent replacements leave ten codes
    ({ totp }) =>
      totp.updateMany({ where: { userId, confirmedAt: { not: null } }, data: { userId } }),
    recording(userId, 'recovery-codes.replaced', actor, events, hashes),
  )

/** Deletes the secret and the recovery codes of a person, who signs in without them from now on. */
export const removeTotp = (
  userId: string,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<boolean> =>
  changing(
    ({ totp }) => totp.deleteMany({ where: { userId } }),
    recording(userId, 'totp.disabled', actor, events, []),
  )
