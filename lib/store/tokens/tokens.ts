import 'server-only'
import { auditWith } from '@/lib/store/audit/audit'
import { type Connection, changing, prisma, transaction } from '@/lib/store/database/database'
import { insertEventsWith, type NewEvent } from '@/lib/store/events/events'
import type {
  AccessToken as AccessRow,
  AuthorizationCode as CodeRow,
  GrantStatus,
  RefreshToken as RefreshRow,
} from '@/lib/store/generated/client'
import { revokeGrantWith } from '@/lib/store/grants/grants'
import type { Actor, RevocationReason, Role } from '@/lib/vocabulary'
import type { ListedToken } from './list'
import { forgetTokensWith } from './state'

/** The state of everything a token depends on. */
export type TokenGrant = {
  readonly grantStatus: GrantStatus
  readonly userId: string
  readonly userDisabled: boolean
  readonly userRole: Role
  /** when the person approved */
  readonly grantedAt: Date
}

/** An authorization code as stored (RFC 6749 §4.1.2). */
export type StoredCode = Readonly<CodeRow> & TokenGrant
/** What is stored of a new access token. */
export type NewAccessToken = Omit<
  AccessRow,
  'firstUsedAt' | 'lastUsedAt' | 'revokedAt' | 'refreshTokenId'
>
/** What is stored of a new refresh token. */
export type NewRefreshToken = Omit<RefreshRow, 'consumedAt' | 'revokedAt'>

/** The authorization code with this hash, consumed or not, or `null`. */
export async function findCode(codeHash: string): Promise<StoredCode | null> {
  const row = await (await prisma()).authorizationCode.findUnique({
    where: { codeHash },
    include: {
      grant: {
        select: {
          status: true,
          userId: true,
          createdAt: true,
          user: { select: { disabledAt: true, role: true } },
        },
      },
    },
  })
  if (!row) return null
  const { grant, ...code } = row
  return {
    ...code,
    grantStatus: grant.status,
    userId: grant.userId,
    userDisabled: grant.user.disabledAt !== null,
    userRole: grant.user.role,
    grantedAt: grant.createdAt,
  }
}

/**
 * Exchanges a code for tokens: consumes it and stores the tokens with their events, in one transaction
 * (RFC 9700 §4.5).
 *
 * @returns whether this call consumed it; `false` means it was used before, or its grant had ended
 */
export const consumeCode = (
  codeHash: string,
  at: Date,
  issued: { access: NewAccessToken; refresh: NewRefreshToken },
  events: readonly NewEvent[],
): Promise<boolean> =>
  transaction(async (connection) => {
    const { count } = await connection.authorizationCode.updateMany({
      where: { codeHash, consumedAt: null, grant: { status: 'active' } },
      data: { consumedAt: at },
    })
    if (count === 0) return false
    // a grant of an earlier address moves to the address of the new token
    const { grantId, resource } = issued.access
    await connection.grant.updateMany({
      where: { id: grantId, resource: { not: resource } },
      data: { resource },
    })
    await connection.refreshToken.create({ data: issued.refresh })
    await storeAccessToken(connection, issued.access, issued.refresh.id, events)
    return true
  })

async function storeAccessToken(
  connection: Connection,
  access: NewAccessToken,
  refreshTokenId: string | null,
  events: readonly NewEvent[],
): Promise<void> {
  await connection.accessToken.create({ data: { ...access, refreshTokenId } })
  await insertEventsWith(connection, events)
}

/**
 * Stores one more access token for a grant that is still active.
 *
 * @param refreshTokenId the refresh token sent with it, if any
 * @returns whether it was stored
 */
export const addAccessToken = (
  access: NewAccessToken,
  refreshTokenId: string | null,
  events: readonly NewEvent[],
): Promise<boolean> =>
  transaction(async (connection) => {
    // locks the grant against a concurrent revocation
    const live = await connection.$queryRaw<unknown[]>`
      select 1 from "Grant" where id = ${access.grantId} and status = 'active' for share`
    if (live.length === 0) return false
    await storeAccessToken(connection, access, refreshTokenId, events)
    return true
  })

/** Revokes a grant whose code or refresh token came twice. @param events by whether it was live */
export const revokeAfterReplay = (
  grantId: string,
  reason: RevocationReason,
  at: Date,
  events: (revoked: boolean) => readonly NewEvent[],
): Promise<void> =>
  transaction(async (connection) => {
    const revoked = await revokeGrantWith(connection, grantId, reason, at, events(true))
    await insertEventsWith(connection, revoked ?? events(false))
  })

/** The access token with this id, or `null`. */
export const findAccessToken = async (id: string): Promise<AccessRow | null> =>
  (await prisma()).accessToken.findUnique({ where: { id } })

/** Revokes one access token (RFC 7009 §2.1), but not its grant. */
export const revokeAccessToken = (
  { id, grantId }: Pick<AccessRow, 'id' | 'grantId'>,
  at: Date,
  events: readonly NewEvent[],
): Promise<void> =>
  transaction(async (connection) => {
    await connection.accessToken.update({ where: { id }, data: { revokedAt: at } })
    await forgetTokensWith(connection, grantId)
    await insertEventsWith(connection, events)
  })

/**
 * Revokes one token but not its grant, for an operator. An access token is refused from the next request
 * on, on every instance. A refresh token that was already exchanged has ended before.
 *
 * @returns whether it was still usable
 */
export function revokeOneToken(
  { id, kind, grantId }: Pick<ListedToken, 'id' | 'kind' | 'grantId'>,
  at: Date,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<boolean> {
  const data = { revokedAt: at }
  const live = { id, revokedAt: null, expiresAt: { gt: at } }
  return changing(
    ({ accessToken, refreshToken }) =>
      kind === 'access'
        ? accessToken.updateMany({ where: live, data })
        : refreshToken.updateMany({ where: { ...live, consumedAt: null }, data }),
    async (connection) => {
      await auditWith(connection, actor, 'token.revoked', id, events, { facts: { kind, grantId } })
      await forgetTokensWith(connection, grantId)
    },
  )
}
