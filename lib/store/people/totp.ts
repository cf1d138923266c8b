import 'server-only'
import type { AuditAction } from '@/lib/store/audit/actions'
import { auditWith } from '@/lib/store/audit/audit'
import { type Connection, prisma, transaction } from '@/lib/store/database/database'
import { insertEventsWith, type NewEvent } from '@/lib/store/events/events'
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

async function putRecoveryCodes(connection: Connection, userId: string, hashes: readonly string[]) {
  await connection.recoveryCode.deleteMany({ where: { userId } })
  await connection.recoveryCode.createMany({
    data: hashes.map((codeHash) => ({ codeHash, userId })),
  })
}

/** A change of one-time codes: who made it, and the events that record it. */
type Change = {
  readonly userId: string
  readonly action: AuditAction
  readonly actor: Actor
  readonly events: readonly NewEvent[]
}

/** Runs a change, and writes its audit entry and events if it changed anything. */
function changing(
  { userId, action, actor, events }: Change,
  apply: (connection: Connection) => Promise<number>,
): Promise<boolean> {
  return transaction(async (connection) => {
    if ((await apply(connection)) === 0) return false
    const user = await connection.user.findUnique({
      where: { id: userId },
      select: { email: true },
    })
    await auditWith(connection, actor, action, userId, user ? { name: user.email } : {})
    await insertEventsWith(connection, events)
    return true
  })
}

/** Confirms a secret, whose first code was right, and stores its recovery codes. */
export const confirmTotp = (
  draft: { userId: string; secretEncrypted: string; step: number; at: Date },
  recoveryHashes: readonly string[],
  actor: Actor,
  events: readonly NewEvent[],
): Promise<boolean> =>
  changing({ userId: draft.userId, action: 'totp.enabled', actor, events }, async (connection) => {
    const { count } = await connection.totp.updateMany({
      where: { userId: draft.userId, secretEncrypted: draft.secretEncrypted, confirmedAt: null },
      data: { confirmedAt: draft.at, lastStep: draft.step },
    })
    if (count > 0) await putRecoveryCodes(connection, draft.userId, recoveryHashes)
    return count
  })

/** Replaces all recovery codes. */
export const replaceRecoveryCodes = (
  userId: string,
  hashes: readonly string[],
  actor: Actor,
  events: readonly NewEvent[],
): Promise<boolean> =>
  changing({ userId, action: 'recovery-codes.replaced', actor, events }, async (connection) => {
    // the row is locked, so that two concurrent replacements leave ten codes
    const { count } = await connection.totp.updateMany({
      where: { userId, confirmedAt: { not: null } },
      data: { userId },
    })
    if (count > 0) await putRecoveryCodes(connection, userId, hashes)
    return count
  })

/** Deletes the secret and the recovery codes of a person, who signs in without them from now on. */
export const removeTotp = (
  userId: string,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<boolean> =>
  changing({ userId, action: 'totp.disabled', actor, events }, async (connection) => {
    await connection.recoveryCode.deleteMany({ where: { userId } })
    const { count } = await connection.totp.deleteMany({ where: { userId } })
    return count
  })
