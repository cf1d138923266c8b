import 'server-only'
import { prisma } from '@/lib/store/database/database'
import { gathered } from '@/lib/store/events/committed'
import { insertingEvents, type NewEvent } from '@/lib/store/events/events'
import { Prisma, type RefreshToken as RefreshRow } from '@/lib/store/generated/client'
import type { NewAccessToken, NewRefreshToken, TokenGrant } from './tokens'

/** A refresh token as stored. */
export type StoredRefreshToken = Readonly<RefreshRow> & TokenGrant & { readonly resource: string }

/** The refresh token with this hash, in any state, or `null`. */
export async function findRefreshToken(tokenHash: string): Promise<StoredRefreshToken | null> {
  const rows = await (await prisma()).$queryRaw<StoredRefreshToken[]>`
    select token.*, "grant".status::text as "grantStatus", "grant"."userId", "grant".resource,
      "grant"."createdAt" as "grantedAt", "user"."disabledAt" is not null as "userDisabled",
      "user".role::text as "userRole"
    from "RefreshToken" token
    join "Grant" "grant" on "grant".id = token."grantId"
    join "User" "user" on "user".id = "grant"."userId"
    where token."tokenHash" = ${tokenHash}`
  return rows[0] ?? null
}

const insertingRefreshToken = (row: NewRefreshToken): Prisma.Sql => Prisma.sql`
  insert into "RefreshToken" (id, "tokenHash", "grantId", "clientId", scope, "issuedAt", "expiresAt", "previousId")
  select ${row.id}, ${row.tokenHash}, ${row.grantId}, ${row.clientId}, ${row.scope},
    ${row.issuedAt}::timestamptz, ${row.expiresAt}::timestamptz, ${row.previousId}`

const insertingAccessToken = (
  row: NewAccessToken,
  refreshTokenId: string,
): Prisma.Sql => Prisma.sql`
  insert into "AccessToken" (id, "grantId", "clientId", "userId", scope, resource, "issuedAt", "expiresAt",
    "refreshTokenId")
  select ${row.id}, ${row.grantId}, ${row.clientId}, ${row.userId}, ${row.scope}, ${row.resource},
    ${row.issuedAt}::timestamptz, ${row.expiresAt}::timestamptz, ${refreshTokenId}`

/** A grant of an earlier address that is still accepted moves to the present address. */
const movingGrant = ({ grantId, resource }: NewAccessToken, movedFrom: string | undefined) =>
  movedFrom === undefined
    ? Prisma.empty
    : Prisma.sql`
    moved as (update "Grant" set resource = ${resource} where id = ${grantId} ${andConsumed}),`

const andConsumed = Prisma.sql`and exists (select 1 from consumed)`
const whereConsumed = Prisma.sql`where exists (select 1 from consumed)`

/**
 * Rotates a refresh token (OAuth 2.1 §4.3.1): consumes it and stores the new tokens with their events, in
 * one statement, which is a transaction of its own. Claude refreshes every connection every hour; this is
 * most of the database's work.
 *
 * @param issued `movedFrom`: the grant's resource, when it differs from that of the new access token; the
 *   grant moves too
 * @returns whether this call consumed it; `false` means another request did, or it was revoked
 */
export async function rotateRefreshToken(
  id: string,
  at: Date,
  issued: { access: NewAccessToken; refresh: NewRefreshToken; movedFrom?: string | undefined },
  events: readonly NewEvent[],
): Promise<boolean> {
  const committed = gathered()
  const rows = await (await prisma()).$queryRaw<unknown[]>`
    with consumed as (
      update "RefreshToken" set "consumedAt" = ${at}
      where id = ${id} and "consumedAt" is null and "revokedAt" is null
        and exists (select 1 from "Grant" where "Grant".id = "grantId" and status = 'active')
      returning id),
    ${movingGrant(issued.access, issued.movedFrom)}
    refresh as (${insertingRefreshToken(issued.refresh)} ${whereConsumed}),
    access as (${insertingAccessToken(issued.access, issued.refresh.id)} ${whereConsumed}),
    event as (${insertingEvents(JSON.stringify(events), whereConsumed)})
    select id from consumed`
  if (rows.length === 0) return false
  committed.push(...events)
  return true
}
