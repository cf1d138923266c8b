import 'server-only'
import { type Connection, prisma, transaction } from '@/lib/store/database/database'
import { insertEventsWith, type NewEvent } from '@/lib/store/events/events'
import type {
  AccessToken as AccessRow,
  AuthorizationCode as CodeRow,
  GrantStatus,
  Prisma,
  RefreshToken as RefreshRow,
} from '@/lib/store/generated/client'
import { revokeGrantWith } from '@/lib/store/grants/grants'
import type { RevocationReason, Role } from '@/lib/vocabulary'
import { forgetTokens } from './state'

/** The state of everything a token depends on. */
export type Standing = {
  readonly grantStatus: GrantStatus
  readonly userId: string
  readonly userDisabled: boolean
  readonly userRole: Role
  /** when the person approved */
  readonly grantedAt: Date
}

/** An authorization code as stored (RFC 6749 §4.1.2). */
export type StoredCode = Readonly<CodeRow> & Standing
/** What is stored of a new access token. */
export type NewAccessToken = Omit<
  AccessRow,
  'firstUsedAt' | 'lastUsedAt' | 'revokedAt' | 'refreshTokenId'
>
/** What is stored of a new refresh token. */
export type NewRefreshToken = Omit<RefreshRow, 'consumedAt' | 'revokedAt'>

const standing = {
  grant: {
    select: {
      status: true,
      createdAt: true,
      userId: true,
      user: { select: { disabledAt: true, role: true } },
    },
  },
} satisfies Prisma.AuthorizationCodeInclude

type WithGrant = {
  grant: {
    createdAt: Date
    status: GrantStatus
    userId: string
    user: { disabledAt: Date | null; role: Role }
  }
}

const standingOf = ({ grant }: WithGrant): Standing => ({
  grantStatus: grant.status,
  userId: grant.userId,
  userDisabled: grant.user.disabledAt !== null,
  userRole: grant.user.role,
  grantedAt: grant.createdAt,
})

/** The authorization code with this hash, consumed or not, or `null`. */
export async function findCode(codeHash: string): Promise<StoredCode | null> {
  const row = await (await prisma()).authorizationCode.findUnique({
    where: { codeHash },
    include: standing,
  })
  if (!row) return null
  const { grant, ...code } = row
  return { ...code, ...standingOf({ grant }) }
}

/**
 * Exchanges a code for tokens: consumes it and stores the tokens with their events, in one transaction
 * (RFC 9700 §4.5).
 *
 * @returns whether this call consumed it; `false` means it was used before, or its grant had ended
 */
export function consumeCode(
  codeHash: string,
  at: Date,
  issued: { access: NewAccessToken; refresh: NewRefreshToken },
  events: readonly NewEvent[],
): Promise<boolean> {
  return transaction(async (connection) => {
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
}

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
export function addAccessToken(
  access: NewAccessToken,
  refreshTokenId: string | null,
  events: readonly NewEvent[],
): Promise<boolean> {
  return transaction(async (connection) => {
    // locks the grant against a concurrent revocation
    const live = await connection.$queryRaw<unknown[]>`
      select 1 from "Grant" where id = ${access.grantId} and status = 'active' for share`
    if (live.length === 0) return false
    await storeAccessToken(connection, access, refreshTokenId, events)
    return true
  })
}

/**
 * Revokes the whole grant after a code or a refresh token was used twice.
 *
 * @param events by whether it was live
 */
export async function revokeAfterReplay(
  grantId: string,
  reason: RevocationReason,
  at: Date,
  events: (revoked: boolean) => readonly NewEvent[],
): Promise<void> {
  await transaction(async (connection) => {
    const revoked = await revokeGrantWith(connection, grantId, reason, at, events(true))
    await insertEventsWith(connection, revoked ?? events(false))
  })
  forgetTokens(grantId)
}

/** The client and grant of an access token, for RFC 7009. */
export async function findAccessToken(
  id: string,
): Promise<{ id: string; grantId: string; clientId: string; revokedAt: Date | null } | null> {
  return (await prisma()).accessToken.findUnique({
    where: { id },
    select: { id: true, grantId: true, clientId: true, revokedAt: true },
  })
}

/** Revokes one access token (RFC 7009 §2.1), but not its grant. */
export async function revokeAccessToken(
  token: { id: string; grantId: string },
  at: Date,
  events: readonly NewEvent[],
): Promise<void> {
  await transaction(async (connection) => {
    await connection.accessToken.update({ where: { id: token.id }, data: { revokedAt: at } })
    await connection.$executeRaw`select pg_notify('portico_grants', ${token.grantId})`
    await insertEventsWith(connection, events)
  })
  forgetTokens(token.grantId)
}
