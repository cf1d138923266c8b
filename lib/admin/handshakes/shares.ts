import 'server-only'
import { type ActionResult, done, refused } from '@/lib/admin/outcome'
import { command } from '@/lib/auth/declared'
import { commitBy } from '@/lib/auth/exchange'
import type { Person } from '@/lib/auth/session'
import { env } from '@/lib/config/env'
import { sentNumber, sentText } from '@/lib/http/sent'
import { hashSecret, newId, newSecret } from '@/lib/oauth/secret'
import { findHandshake } from '@/lib/store/handshakes/handshakes'
import {
  findShare,
  insertShare,
  liveShares,
  withdrawStoredShare,
} from '@/lib/store/handshakes/shares'
import { userEmails } from '@/lib/store/people/users'
import { isHandshakeId } from './view'

const path = '/admin/handshakes'
const dayMs = 86_400_000
const longestDays = 90

/** The active links to a handshake, newest first. */
export async function sharesOf(_: Person, handshakeId: string) {
  const shares = await liveShares(handshakeId, new Date())
  const emails = await userEmails(shares.map(({ createdById }) => createdById))
  return shares.map(({ id, createdAt, expiresAt, createdById }) => {
    // `null` when its creator's account was deleted
    return { id, createdAt, expiresAt, createdBy: emails.get(createdById) ?? null }
  })
}

/** An active link to a redacted handshake. */
export type ShareRow = Awaited<ReturnType<typeof sharesOf>>[number]

/**
 * Creates a link that shows a redacted handshake to anyone who has it.
 *
 * @param days until it expires, 1 to 90
 * @returns the link, once
 */
export const createShare = command(
  { role: 'operator', path, takes: [sentText, sentNumber] },
  async (operator, handshakeId, days): Promise<ActionResult & { readonly href: string | null }> => {
    const isInRange = Number.isInteger(days) && days >= 1 && days <= longestDays
    const exists = isHandshakeId(handshakeId) && (await findHandshake(handshakeId, Date.now()))
    if (!isInRange || !exists) {
      return { ...refused('This handshake no longer exists'), href: null }
    }
    const token = newSecret('psh_')
    await commitBy(operator, {}, (describe, actor, createdAt) => {
      const share = {
        id: newId('share_'),
        tokenHash: hashSecret(token),
        handshakeId,
        createdById: operator.id,
        createdAt,
        expiresAt: new Date(createdAt.getTime() + days * dayMs),
      }
      return insertShare(share, actor, [describe('share.created', { handshakeId, days })])
    })
    return { ...done('The link is created'), href: `${env().origin}/shared/${token}` }
  },
)

/** Ends a link at once. */
export const withdrawShare = command(
  { role: 'operator', path, takes: [sentText] },
  async (operator, id) => {
    const over = refused('This link has already ended')
    const share = await findShare(id)
    if (!share) return over
    const { handshakeId } = share
    const withdrawn = await commitBy(operator, {}, (describe, actor, at) =>
      withdrawStoredShare(id, at, actor, [describe('share.withdrawn', { handshakeId })]),
    )
    return withdrawn ? done('The link no longer works') : over
  },
)
