import 'server-only'
import { auditWith, grantSubject } from '@/lib/store/audit/audit'
import { type Connection, prisma, transaction } from '@/lib/store/database/database'
import { insertEventsWith, type NewEvent } from '@/lib/store/events/events'
import type { AuthorizationCode as CodeRow, Grant as GrantRow } from '@/lib/store/generated/client'
import { forgetTokensWith } from '@/lib/store/tokens/state'
import type { Actor, RevocationReason } from '@/lib/vocabulary'
import {
  type ConsentKey,
  forgetConsentsWith,
  holdConsentWith,
  rememberConsentWith,
} from './consents'

/** What a person allowed a client to do on a resource. */
export type Grant = Readonly<GrantRow>

/** An authorization code as stored, by its hash. */
type NewCode = Omit<CodeRow, 'consumedAt'>

/** Marks a client as approved by an operator, unless it is already. */
export async function approveClientWith(
  connection: Connection,
  id: string,
  approvedById: string,
  at: Date,
): Promise<void> {
  await connection.client.updateMany({
    where: { id, approvedAt: null },
    data: { approvedAt: at, approvedById },
  })
}

/** The scopes that a person currently allows this client on this resource; empty for none. */
export async function grantedScopes(key: ConsentKey): Promise<readonly string[]> {
  const rows = await (await prisma()).grant.findMany({
    where: { ...key, status: 'active', redirectUri: { not: null } },
    select: { scope: true },
    orderBy: { createdAt: 'desc' },
    take: 50,
  })
  return rows.map(({ scope }) => scope)
}

/**
 * Ends an interaction with an approval: the grant, its code and their events, in one transaction.
 *
 * @returns whether this call ended it; `false` when it was already decided or expired, or the remembered
 *   consent is no longer valid
 */
export function allowInteraction(
  interactionId: string,
  grant: Pick<
    Grant,
    'id' | 'clientId' | 'userId' | 'scope' | 'resource' | 'redirectUri' | 'createdAt'
  >,
  code: NewCode,
  events: readonly NewEvent[],
  how: {
    readonly remember?: { readonly id: string; readonly clientHash: string } | undefined
    /** the remembered consent relied on, when the person was not asked */
    readonly remembered?: string | undefined
    /** the person's role approves the client for everyone */
    readonly approvesClient: boolean
  },
): Promise<boolean> {
  const { remember, remembered, approvesClient } = how
  const { userId, clientId, resource, createdAt } = grant
  const key = { userId, clientId, resource }
  return transaction(async (connection) => {
    if (remembered && !(await holdConsentWith(connection, remembered, key))) return false
    const { count } = await connection.interaction.updateMany({
      where: {
        id: interactionId,
        decidedAt: null,
        expiresAt: { gt: createdAt },
        OR: [
          { heldAt: null },
          { releasedAt: { not: null } },
          { client: { approvedAt: { not: null } } },
        ],
      },
      data: { decidedAt: createdAt, decision: 'allowed', decidedById: userId },
    })
    if (count === 0) return false
    if (remember) {
      await rememberConsentWith(connection, remember.id, key, grant.scope, remember.clientHash)
    }
    await connection.grant.create({ data: grant })
    await connection.interaction.update({
      where: { id: interactionId },
      data: { grantId: grant.id },
    })
    await connection.authorizationCode.create({ data: code })
    await connection.client.update({ where: { id: clientId }, data: { lastUsedAt: createdAt } })
    if (approvesClient) await approveClientWith(connection, clientId, userId, createdAt)
    await insertEventsWith(connection, events)
    return true
  })
}

/** The one grant of a client that acts for itself, created when first needed. */
export const standingGrant = (
  grant: Pick<Grant, 'id' | 'clientId' | 'userId' | 'scope' | 'resource' | 'createdAt'>,
): Promise<Grant> =>
  transaction(async (connection) => {
    const { clientId, resource, createdAt } = grant
    await connection.$executeRaw`select pg_advisory_xact_lock(hashtext(${clientId}))`
    const standing = await connection.grant.findFirst({
      where: { clientId, redirectUri: null, status: { not: 'revoked' } },
    })
    if (standing && standing.resource !== resource) {
      return connection.grant.update({ where: { id: standing.id }, data: { resource } })
    }
    if (standing) return standing
    await connection.client.update({ where: { id: clientId }, data: { lastUsedAt: createdAt } })
    return connection.grant.create({ data: grant })
  })

/**
 * Revokes a grant and all its tokens inside a transaction, and forgets the person's remembered consents for
 * this client, whoever revokes it: an ended connection does not come back without asking.
 *
 * @param events that record it, the last one of the grant
 * @returns all events to write, or `null` when it was not live before
 */
export async function revokeGrantWith(
  connection: Connection,
  grantId: string,
  reason: RevocationReason,
  at: Date,
  events: readonly NewEvent[],
): Promise<readonly NewEvent[] | null> {
  const live = { id: grantId, status: { not: 'revoked' } } as const
  const grant = await connection.grant.findFirst({
    where: live,
    select: { userId: true, clientId: true, resource: true },
  })
  if (!grant) return null
  // consents before grants: the lock order of everything that locks both
  const forgotten = await forgetConsentsWith(connection, grant, 'revoked', events.at(-1))
  const { count } = await connection.grant.updateMany({
    where: live,
    data: { status: 'revoked', revokedAt: at, revokedReason: reason },
  })
  if (count === 0) return null
  const tokens = { where: { grantId, revokedAt: null }, data: { revokedAt: at } }
  await connection.refreshToken.updateMany(tokens)
  await connection.accessToken.updateMany(tokens)
  await forgetTokensWith(connection, grantId)
  return [...events, ...forgotten]
}

/** Revokes a grant and all its tokens, together with its events. @returns whether it was live */
export const revokeGrant = (
  grantId: string,
  reason: RevocationReason,
  at: Date,
  events: readonly NewEvent[],
  actor?: Actor,
): Promise<boolean> =>
  transaction(async (connection) => {
    const subject = actor ? await grantSubject(connection, grantId) : null
    const all = await revokeGrantWith(connection, grantId, reason, at, events)
    if (!all) return false
    if (!actor || !subject) {
      await insertEventsWith(connection, all)
      return true
    }
    const { name, facts } = subject.named
    await auditWith(connection, actor, 'grant.revoked', grantId, all, {
      name,
      facts: { ...facts, ...(all.length > events.length ? { consent: 'forgotten' } : {}) },
      before: { state: subject.status },
      after: { state: 'revoked' },
    })
    return true
  })
