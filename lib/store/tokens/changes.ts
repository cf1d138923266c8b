import 'server-only'
import { auditWith } from '@/lib/store/audit/audit'
import { prisma, transaction } from '@/lib/store/database/database'
import type { NewEvent } from '@/lib/store/events/events'
import { isStorable } from '@/lib/store/text'
import type { Actor } from '@/lib/vocabulary'
import { forgetTokens } from './state'

/** A token that a person may revoke. */
export type RevocableToken = {
  readonly id: string
  readonly kind: 'access' | 'refresh'
  readonly grantId: string
  readonly clientId: string
  readonly clientName: string
}

const named = {
  id: true,
  grantId: true,
  clientId: true,
  client: { select: { name: true } },
} as const

/** The token with this public id, of either kind, or `null`. */
export async function findToken(id: string): Promise<RevocableToken | null> {
  if (!isStorable(id)) return null
  const { accessToken, refreshToken } = await prisma()
  const access = await accessToken.findUnique({ where: { id }, select: named })
  const row = access ?? (await refreshToken.findUnique({ where: { id }, select: named }))
  if (!row) return null
  const { client, ...token } = row
  return { ...token, kind: access ? 'access' : 'refresh', clientName: client.name }
}

/**
 * Revokes one token but not its grant. An access token is refused from the next request on, on every
 * instance. A refresh token that was already exchanged has ended before.
 *
 * @returns whether it was still usable
 */
export async function revokeOneToken(
  { id, kind, grantId }: RevocableToken,
  at: Date,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<boolean> {
  const revoked = await transaction(async (connection) => {
    const data = { revokedAt: at }
    const live = { id, revokedAt: null, expiresAt: { gt: at } }
    const { count } =
      kind === 'access'
        ? await connection.accessToken.updateMany({ where: live, data })
        : await connection.refreshToken.updateMany({ where: { ...live, consumedAt: null }, data })
    if (count === 0) return false
    await auditWith(connection, actor, 'token.revoked', id, events, { facts: { kind, grantId } })
    await connection.$executeRaw`select pg_notify('portico_grants', ${grantId})`
    return true
  })
  forgetTokens(grantId)
  return revoked
}
