import 'server-only'
import { auditWith } from '@/lib/store/audit/audit'
import { prisma, transaction } from '@/lib/store/database/database'
import type { NewEvent } from '@/lib/store/events/events'
import type { SigningKey as KeyRow, Prisma } from '@/lib/store/generated/client'
import type { Actor } from '@/lib/vocabulary'

/** A signing key as stored; its private half is encrypted. */
export type StoredKey = Readonly<Omit<KeyRow, 'publicJwk'>> & {
  readonly publicJwk: Readonly<Record<string, unknown>>
}

const fromRow = (row: KeyRow): StoredKey => ({
  ...row,
  publicJwk: row.publicJwk as StoredKey['publicJwk'],
})

/** All signing keys, newest first. */
export async function listSigningKeys(): Promise<StoredKey[]> {
  const rows = await (await prisma()).signingKey.findMany({ orderBy: { createdAt: 'desc' } })
  return rows.map(fromRow)
}

/** Stores the first signing key unless another instance was faster. @returns the key stored now */
export function createFirstSigningKey(
  key: Pick<StoredKey, 'id' | 'algorithm' | 'publicJwk' | 'privateJwkEncrypted'>,
): Promise<StoredKey> {
  return transaction(async (connection) => {
    await connection.$executeRaw`select pg_advisory_xact_lock(hashtext('portico.signing-key'))`
    const existing = await connection.signingKey.findFirst({
      where: { retiredAt: null },
      orderBy: { createdAt: 'desc' },
    })
    if (existing) return fromRow(existing)
    const created = await connection.signingKey.create({
      data: { ...key, publicJwk: key.publicJwk as Prisma.InputJsonObject },
    })
    return fromRow(created)
  })
}

/**
 * Replaces the current signing key. The old one still verifies until its last token has expired.
 *
 * @returns the ids of the retired keys
 */
export function replaceSigningKey(
  key: Pick<StoredKey, 'id' | 'algorithm' | 'publicJwk' | 'privateJwkEncrypted'>,
  at: Date,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<string[]> {
  return transaction(async (connection) => {
    await connection.$executeRaw`select pg_advisory_xact_lock(hashtext('portico.signing-key'))`
    const current = await connection.signingKey.findMany({
      where: { retiredAt: null },
      select: { id: true },
    })
    await connection.signingKey.updateMany({
      where: { retiredAt: null },
      data: { retiredAt: at },
    })
    await connection.signingKey.create({
      data: { ...key, publicJwk: key.publicJwk as Prisma.InputJsonObject, createdAt: at },
    })
    await auditWith(connection, actor, 'key.rotated', key.id, events, {
      before: { signingKey: current.map(({ id }) => id).join(', ') || null },
      after: { signingKey: key.id },
    })
    await connection.$executeRaw`select pg_notify('portico_keys', '')`
    return current.map(({ id }) => id)
  })
}
