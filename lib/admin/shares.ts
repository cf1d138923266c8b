import 'server-only'
import { operatorExchange } from '@/lib/auth/exchange'
import { requireOperator } from '@/lib/auth/session'
import { env } from '@/lib/env'
import { commit } from '@/lib/events/recorder'
import { hashSecret, newId, newSecret } from '@/lib/oauth/secret'
import {
  createShare as createStoredShare,
  findShare,
  liveShares,
  withdrawShare as withdrawStoredShare,
} from '@/lib/store/handshake-shares'
import { findHandshake } from '@/lib/store/handshakes'
import { userEmails } from '@/lib/store/users'
import { isHandshakeId } from './handshake-id'

const path = '/admin/handshakes'
const dayMs = 86_400_000
const longestDays = 90

/** A live link to a redacted handshake. */
export type ShareRow = {
  readonly id: string
  readonly createdAt: string
  readonly expiresAt: string
  /** who made it; `null` when that account is gone */
  readonly createdBy: string | null
}

/** The live links to a handshake, newest first. */
export async function listShares(handshakeId: string): Promise<ShareRow[]> {
  await requireOperator('viewer', path)
  const shares = await liveShares(handshakeId, new Date())
  const emails = await userEmails(shares.map(({ createdById }) => createdById))
  return shares.map(({ id, createdAt, expiresAt, createdById }) => ({
    id,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    createdBy: emails.get(createdById) ?? null,
  }))
}

/**
 * Makes a link that shows a redacted handshake to whoever has it.
 *
 * @param days until it expires, 1 to 90
 * @returns the link, which is shown once; `null` when there is no such handshake
 */
export async function createShare(handshakeId: string, days: number): Promise<string | null> {
  const operator = await requireOperator('operator', path)
  if (!Number.isInteger(days) || days < 1 || days > longestDays) return null
  if (!isHandshakeId(handshakeId) || !(await findHandshake(handshakeId, Date.now()))) return null
  const exchange = await operatorExchange(operator, path)
  const token = newSecret('psh_')
  const createdAt = exchange.startedAt
  const share = {
    id: newId('share_'),
    tokenHash: hashSecret(token),
    handshakeId,
    createdById: operator.id,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + days * dayMs),
  }
  const actor = { userId: operator.id, address: exchange.address }
  await commit(exchange, (tell) =>
    createStoredShare(share, actor, [tell('share.created', { handshakeId, days })]),
  )
  return `${env().origin}/shared/${token}`
}

/** Ends a link at once. @returns whether it was live before */
export async function withdrawShare(id: string): Promise<boolean> {
  const operator = await requireOperator('operator', path)
  const share = await findShare(id)
  if (!share) return false
  const exchange = await operatorExchange(operator, path)
  const { handshakeId } = share
  const actor = { userId: operator.id, address: exchange.address }
  return commit(exchange, (tell) =>
    withdrawStoredShare(id, exchange.startedAt, actor, [tell('share.withdrawn', { handshakeId })]),
  )
}
