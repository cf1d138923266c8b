import 'server-only'
import { auditWith } from '@/lib/store/audit/audit'
import {
  changing,
  isUniqueViolation,
  prisma,
  transaction,
  unless,
} from '@/lib/store/database/database'
import type { NewEvent } from '@/lib/store/events/events'
import type { Invite as Row } from '@/lib/store/generated/client'
import type { Actor, Role } from '@/lib/vocabulary'
import { replacePasswordWith } from './account-changes'
import { createUserWith, type LinkedIdentity } from './identities'
import { sameEmail } from './users'

/** A one-time link, without the hash that finds it. */
export type Invite = Readonly<Omit<Row, 'tokenHash'>>

/** A link as it is stored: its token only as a hash. */
export type NewInvite = Omit<Row, 'consumedAt' | 'withdrawnAt'>

/** Ended links are kept for a while, so that the audit trail can refer to them. */
const retentionMs = 90 * 24 * 3_600_000
const withoutHash = { omit: { tokenHash: true } } as const
const isOpen = (now: Date) => ({ consumedAt: null, withdrawnAt: null, expiresAt: { gt: now } })

/**
 * Stores a link, and deletes those that ended long ago. It ends an earlier link for the same address.
 *
 * @returns `false` when the link invites to an account that already exists
 */
export function createInvite(
  invite: NewInvite,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<boolean> {
  const { id, kind, createdAt, expiresAt, role } = invite
  const email = sameEmail(invite.email)
  return transaction(async (connection) => {
    await connection.$executeRaw`select pg_advisory_xact_lock(hashtext(${`portico.invite ${email}`}))`
    const user = await connection.user.findUnique({ where: { email }, select: { id: true } })
    if (kind === 'account' && user) return false
    const before = new Date(createdAt.getTime() - retentionMs)
    await connection.invite.deleteMany({ where: { expiresAt: { lt: before } } })
    await connection.invite.updateMany({
      where: { email, kind, ...isOpen(createdAt) },
      data: { withdrawnAt: createdAt },
    })
    await connection.invite.create({ data: { ...invite, email } })
    const action = kind === 'account' ? 'operator.invited' : 'password-link.created'
    await auditWith(connection, actor, action, invite.userId ?? id, events, {
      name: email,
      after: { ...(role ? { role } : {}), expiresAt: expiresAt.toISOString() },
    })
    return true
  })
}

/** Ends a link early. @returns whether it was open before */
export const withdrawInvite = (
  { id, email, role }: Pick<Invite, 'id' | 'email' | 'role'>,
  at: Date,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<boolean> =>
  changing(
    ({ invite }) => invite.updateMany({ where: { id, ...isOpen(at) }, data: { withdrawnAt: at } }),
    (connection) =>
      auditWith(connection, actor, 'invite.withdrawn', id, events, {
        name: email,
        before: { state: 'open', ...(role ? { role } : {}) },
        after: { state: 'withdrawn' },
      }),
  )

/** The open links, newest first. */
export const openInvites = async (now: Date, limit: number): Promise<Invite[]> =>
  (await prisma()).invite.findMany({
    where: isOpen(now),
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
    ...withoutHash,
  })

/** One link, open or not, or `null`. @param id untrusted */
export const findInvite = async (id: string): Promise<Invite | null> =>
  /^[\w-]{1,100}$/.test(id)
    ? (await prisma()).invite.findUnique({ where: { id }, ...withoutHash })
    : null

/** The open link that a token opens, or `null`. */
export const inviteOfToken = async (tokenHash: string, now: Date): Promise<Invite | null> =>
  (await prisma()).invite.findFirst({ where: { tokenHash, ...isOpen(now) }, ...withoutHash })

/** The open invitation for an e-mail address, or `null`; there is at most one. */
export const inviteOfEmail = async (email: string, now: Date): Promise<Invite | null> =>
  (await prisma()).invite.findFirst({
    where: { email: sameEmail(email), kind: 'account', ...isOpen(now) },
    ...withoutHash,
  })

/** The invited person, and how they sign in from now on. */
type NewPerson = {
  readonly id: string
  readonly name: string | null
  readonly role: Role
} & (
  | { readonly passwordHash: string; readonly identity?: never }
  | { readonly passwordHash: null; readonly identity: LinkedIdentity }
)

class Refused extends Error {}

/** Creates an invitation's account; of concurrent calls, one succeeds. @returns whether it did */
export const joinByInvite = (
  { id: inviteId, email }: Pick<Invite, 'id' | 'email'>,
  { identity, ...person }: NewPerson,
  actor: Actor,
  at: Date,
  events: readonly NewEvent[],
): Promise<boolean> =>
  // the address may get an account in another way meanwhile
  unless(isUniqueViolation, () =>
    changing(
      ({ invite }) =>
        invite.updateMany({
          where: { id: inviteId, kind: 'account', ...isOpen(at) },
          data: { consumedAt: at },
        }),
      async (connection) => {
        await createUserWith(connection, { ...person, email }, identity, at, actor, events)
        await connection.invite.update({ where: { id: inviteId }, data: { userId: person.id } })
      },
    ),
  )

/** Uses a link for a new password. @returns whether this call changed the password */
export async function choosePasswordByLink(
  { id, email, userId }: Pick<Invite, 'id' | 'email' | 'userId'>,
  passwordHash: string,
  actor: Actor,
  at: Date,
  events: readonly NewEvent[],
): Promise<boolean> {
  if (!userId) return false
  const isRefused = (error: unknown) => error instanceof Refused
  return unless(isRefused, () =>
    changing(
      ({ invite }) =>
        invite.updateMany({
          where: { id, kind: 'password', ...isOpen(at) },
          data: { consumedAt: at },
        }),
      async (connection) => {
        const user = { id: userId, disabledAt: null }
        const ended = await replacePasswordWith(connection, user, passwordHash, at)
        if (ended === null) throw new Refused()
        await auditWith(connection, actor, 'user.password-changed', userId, events, { name: email })
      },
    ),
  )
}
