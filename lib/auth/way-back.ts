import 'server-only'
import { commit } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import { createInvite } from '@/lib/store/people/invites'
import { removeTotp } from '@/lib/store/people/totp'
import type { User } from '@/lib/store/people/users'
import { newOneTimeLink, type OneTimeLink } from './one-time-link'
import { secondStepOf } from './second-step'

/**
 * Account recovery for a lost password or phone: started by an admin in the dashboard, or on the
 * server's command line. Callers check the permission.
 */

/** The account to recover. */
export type Locked = Pick<User, 'id' | 'email'>

/** Creates a one-time link for choosing a new password. The command line has no signed-in user. */
export async function openPasswordLink(
  { id, email }: Locked,
  exchange: Exchange,
): Promise<OneTimeLink> {
  const createdById = exchange.ids.userId ?? id
  const asked = { kind: 'password', email, role: null, userId: id, createdById } as const
  const { invite, shown } = newOneTimeLink(exchange.startedAt, asked)
  await commit(exchange, (describe, actor) =>
    createInvite(invite, actor, [describe('password-link.created', { email })]),
  )
  return shown
}

/**
 * Turns off one-time codes for a person who lost the app and the recovery codes.
 *
 * @returns whether they were on
 */
export async function disableSecondStep(
  { id, email }: Locked,
  exchange: Exchange,
): Promise<boolean> {
  if (!(await secondStepOf(id))) return false
  return commit(exchange, (describe, actor) =>
    removeTotp(id, actor, [describe('totp.disabled', { email })]),
  )
}
