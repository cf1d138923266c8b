import 'server-only'
import { commit } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import { createInvite } from '@/lib/store/people/invites'
import { removeTotp } from '@/lib/store/people/totp'
import type { User } from '@/lib/store/people/users'
import { newOneTimeLink, type OneTimeLink } from './one-time-link'
import { secondStepOf } from './second-step'

/**
 * Ways back in for somebody who lost a password or a phone: an admin opens them in the dashboard, and
 * whoever runs the server on its machine. Who may is asked before.
 */

/** Whom a way back is opened to. */
export type Locked = Pick<User, 'id' | 'email'>

/** Makes a one-time link by which a person chooses a new password. On the machine itself nobody asks for it. */
export async function openPasswordLink(
  { id, email }: Locked,
  exchange: Exchange,
): Promise<OneTimeLink> {
  const createdById = exchange.ids.userId ?? id
  const asked = { kind: 'password', email, role: null, userId: id, createdById } as const
  const { invite, shown } = newOneTimeLink(exchange.startedAt, asked)
  await commit(exchange, (tell, actor) =>
    createInvite(invite, actor, [tell('password-link.created', { email })]),
  )
  return shown
}

/**
 * Lets a person in without one-time codes from now on, who has lost the app and the recovery codes.
 *
 * @returns whether they were asked for one before
 */
export async function dropSecondStep({ id, email }: Locked, exchange: Exchange): Promise<boolean> {
  if (!(await secondStepOf(id))) return false
  return commit(exchange, (tell, actor) =>
    removeTotp(id, actor, [tell('totp.disabled', { email })]),
  )
}
