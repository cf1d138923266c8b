import 'server-only'
import { auditWith } from '@/lib/store/audit/audit'
import { changing, prisma, transaction } from '@/lib/store/database/database'
import type { NewEvent } from '@/lib/store/events/events'
import type { HandshakeShare as Row } from '@/lib/store/generated/client'
import type { Actor } from '@/lib/vocabulary'

/** A link to a redacted handshake, without the hash that finds it. */
export type Share = Readonly<Omit<Row, 'tokenHash'>>

/** A link as it is stored: its token only as a hash. */
type NewShare = Omit<Row, 'withdrawnAt'>

const withoutHash = { omit: { tokenHash: true } } as const
const isLive = (now: Date) => ({ withdrawnAt: null, expiresAt: { gt: now } })
/** Ended links are kept for a while, so that the audit trail can refer to them. */
const retentionMs = 90 * 24 * 3_600_000

/** Stores a link, and deletes those that ended long ago. */
export const insertShare = (
  share: NewShare,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<void> =>
  transaction(async (connection) => {
    const before = new Date(share.createdAt.getTime() - retentionMs)
    await connection.handshakeShare.deleteMany({ where: { expiresAt: { lt: before } } })
    await connection.handshakeShare.create({ data: share })
    await auditWith(connection, actor, 'share.created', share.id, events, {
      name: share.handshakeId,
      after: { expiresAt: share.expiresAt.toISOString() },
    })
  })

/** Ends a link early. @returns whether it was live before */
export const withdrawStoredShare = (
  id: string,
  at: Date,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<boolean> =>
  changing(
    ({ handshakeShare }) =>
      handshakeShare.updateMany({ where: { id, ...isLive(at) }, data: { withdrawnAt: at } }),
    async (connection) => {
      const share = await connection.handshakeShare.findUniqueOrThrow({ where: { id } })
      await auditWith(connection, actor, 'share.withdrawn', id, events, {
        name: share.handshakeId,
        before: { expiresAt: share.expiresAt.toISOString() },
        after: { expiresAt: at.toISOString() },
      })
    },
  )

/** One link, live or not, or `null`. */
export const findShare = async (id: string): Promise<Share | null> =>
  (await prisma()).handshakeShare.findUnique({ where: { id }, ...withoutHash })

/** The live links to a handshake, newest first. */
export const liveShares = async (handshakeId: string, now: Date): Promise<Share[]> =>
  (await prisma()).handshakeShare.findMany({
    where: { handshakeId, ...isLive(now) },
    orderBy: { createdAt: 'desc' },
    ...withoutHash,
  })

/** The live link that a token opens, or `null`. */
export const shareOfToken = async (tokenHash: string, now: Date): Promise<Share | null> =>
  (await prisma()).handshakeShare.findFirst({
    where: { tokenHash, ...isLive(now) },
    ...withoutHash,
  })
