import 'server-only'
import { prisma } from '@/lib/store/database/database'
import { isStorable } from '@/lib/store/text'

/** What deleting a client would end. */
export type Consequences = {
  readonly connections: number
  readonly people: number
  readonly tokens: number
}

/**
 * Counts what deleting a client would end now.
 *
 * @param accessSince access tokens issued earlier have expired, which narrows the index scan
 */
export async function consequencesOf(
  clientId: string,
  now: Date,
  accessSince: Date,
): Promise<Consequences> {
  if (!isStorable(clientId)) return { connections: 0, people: 0, tokens: 0 }
  const connection = await prisma()
  const [[grants], access, refresh] = await Promise.all([
    connection.$queryRaw<[{ connections: number; people: number }]>`
      select count(*)::int as connections, count(distinct "userId")::int as people
      from "Grant" where "clientId" = ${clientId} and status <> 'revoked'`,
    connection.accessToken.count({
      where: { clientId, issuedAt: { gte: accessSince }, expiresAt: { gt: now }, revokedAt: null },
    }),
    connection.refreshToken.count({
      where: { clientId, consumedAt: null, revokedAt: null, expiresAt: { gt: now } },
    }),
  ])
  return { ...grants, tokens: access + refresh }
}

/** How many people have a remembered consent for a client. */
export const countConsents = async (clientId: string): Promise<number> =>
  (await prisma()).consent.count({ where: { clientId } })

/** How many registrations an app has. */
export const countKin = async (kinHash: string): Promise<number> =>
  (await prisma()).client.count({ where: { kinHash } })
