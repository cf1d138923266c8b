import 'server-only'
import { isDeepStrictEqual } from 'node:util'
import type { AuditAction, AuditFacts } from '@/lib/store/audit/actions'
import { auditWith } from '@/lib/store/audit/audit'
import { type Connection, transaction } from '@/lib/store/database/database'
import type { NewEvent } from '@/lib/store/events/events'
import type { User as UserRow } from '@/lib/store/generated/client'
import { type ForgottenBecause, forgetConsentsWith } from '@/lib/store/grants/consents'
import { forgetTokensWith } from '@/lib/store/tokens/state'
import type { Actor, Role } from '@/lib/vocabulary'
import { endSessionsWith, notifySessionsWith } from './sessions'

/**
 * The result of a change to an account: `same` when it was so before, `last admin` when nobody could manage
 * the server after it.
 */
export type UserChange = 'changed' | 'same' | 'last admin' | 'gone'

type Change = Partial<Pick<UserRow, 'role' | 'disabledAt' | 'browsersSince'>>
type Recorded = {
  readonly action: AuditAction
  /** what of a user it changes */
  readonly of: (user: UserRow) => AuditFacts
  /** why the person's remembered consents are forgotten, if they are */
  readonly forgets: ForgottenBecause | null
}

const mayManage = ({ role, disabledAt }: Pick<UserRow, 'role' | 'disabledAt'>): boolean =>
  role === 'admin' && !disabledAt

/**
 * Whether an account is the only one that may manage the server. When two admins demote each other at once,
 * the second waits here and then sees the first change.
 */
async function isLastAdmin(connection: Connection, id: string): Promise<boolean> {
  await connection.$executeRaw`select pg_advisory_xact_lock(hashtext('portico.admins'))`
  const admins = await connection.user.findMany({
    where: { role: 'admin', disabledAt: null },
    select: { id: true },
    take: 2,
  })
  return admins.length === 1 && admins[0]?.id === id
}

/**
 * Ends everything that would let a person sign in whom a change locks out, even after the change is
 * reverted: sessions, links for a new password, and their own invitations.
 *
 * @returns what ended, for the audit trail
 */
async function endAccess(
  connection: Connection,
  before: UserRow,
  change: Change,
): Promise<AuditFacts> {
  const at = new Date()
  const open = { consumedAt: null, withdrawnAt: null }
  const data = { withdrawnAt: at }
  if (mayManage(before) && !mayManage({ ...before, ...change })) {
    await connection.invite.updateMany({ where: { ...open, createdById: before.id }, data })
  }
  if (!change.disabledAt) return {}
  await connection.invite.updateMany({ where: { ...open, userId: before.id }, data })
  return { sessions: await endSessionsWith(connection, before.id, at) }
}

const changeUser = (
  id: string,
  change: Change,
  { action, of, forgets }: Recorded,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<UserChange> =>
  transaction(async (connection): Promise<UserChange> => {
    const isLast = await isLastAdmin(connection, id)
    const user = await connection.user.findUnique({ where: { id } })
    if (!user) return 'gone'
    const changed = { ...user, ...change }
    const values = { before: of(user), after: of(changed) }
    if (isDeepStrictEqual(values.before, values.after)) return 'same'
    if (isLast && !mayManage(changed)) return 'last admin'
    await connection.user.update({ where: { id }, data: change })
    const forgotten = forgets
      ? await forgetConsentsWith(connection, { userId: id }, forgets, events.at(-1))
      : []
    const facts = await endAccess(connection, user, change)
    const detail = { name: user.email, ...values, facts }
    await auditWith(connection, actor, action, id, [...events, ...forgotten], detail)
    // token permissions depend on the account, on every instance
    await forgetTokensWith(connection, '')
    await notifySessionsWith(connection, id)
    return 'changed'
  })

/**
 * Disables or enables a user. A disabled one is signed out and cannot sign in, and all their tokens are
 * refused, on every instance, until they are enabled. Earlier cookies, links and remembered consents stay
 * invalid afterwards.
 */
export const setUserDisabled = (
  id: string,
  disabledAt: Date | null,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<UserChange> =>
  changeUser(
    id,
    { disabledAt, ...(disabledAt ? { browsersSince: disabledAt } : {}) },
    {
      action: disabledAt ? 'user.disabled' : 'user.enabled',
      of: (user) => ({ state: user.disabledAt ? 'disabled' : 'enabled' }),
      forgets: disabledAt ? 'disabled' : null,
    },
    actor,
    events,
  )

/**
 * Changes a user's role. Their tokens' permissions follow with the next request, on every instance;
 * consents remembered in the earlier role are forgotten.
 */
export const setUserRole = (
  id: string,
  role: Role,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<UserChange> =>
  changeUser(
    id,
    { role },
    { action: 'user.role-changed', of: (user) => ({ role: user.role }), forgets: 'role' },
    actor,
    events,
  )
