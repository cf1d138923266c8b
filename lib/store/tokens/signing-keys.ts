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

type NewKey = Pick<StoredKey, 'id' | 'algorithm' | 'publicJwk' | 'privateJwkEncrypted'>

const toData = (key: NewKey) => ({ ...key, publicJwk: key.publicJwk as Prisma.InputJsonObject })

/** All signing keys, newest first. */
export async function listSigningKeys(): Promise<StoredKey[]> {
  const rows = await (await prisma()).signingKey.findMany({ orderBy: { createdAt: 'desc' } })
  return rows as StoredKey[]
}

/** Stores the first signing key unless another instance was faster. @returns the key stored now */
export const createFirstSigningKey = (key: NewKey): Promise<StoredKey> =>
  transaction(async (connection) => {
    await connection.$executeRaw`select pg_advisory_xact_lock(hashtext('portico.signing-key'))`
    const existing = await connection.signingKey.findFirst({
      where: { retiredAt: null },
      orderBy: { createdAt: 'desc' },
    })
    return (existing ?? (await connection.signingKey.create({ data: toData(key) }))) as StoredKey
  })

/**
 * Replaces the current signing key. The old one still verifies until its last token has expired.
 *
 * @returns the ids of the retired keys
 */
export const replaceSigningKey = (
  key: NewKey,
  at: Date,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<string[]> =>
  transaction(async (connection) => {
    await connection.$executeRaw`select pg_advisory_xact_lock(hashtext('portico.signing-key'))`
    const current = await connection.signingKey.findMany({
      where: { retiredAt: null },
      select: { id: true },
    })
    const retired = current.map(({ id }) => id)
    await connection.signingKey.updateMany({ where: { retiredAt: null }, data: { retiredAt: at } })
    await connection.signingKey.create({ data: { ...toData(key), createdAt: at } })
    await auditWith(connection, actor, 'key.rotated', key.id, events, {
      before: { signingKey: retired.join(', ') || null },
      after: { signingKey: key.id },
    })
    await connection.$executeRaw`select pg_notify('portico_keys', '')`
    return retired
  })
