import 'server-only'
import { z } from 'zod'
import { operatorExchange } from '@/lib/auth/exchange'
import { newOneTimeLink, type OneTimeLink } from '@/lib/auth/one-time-link'
import { requireOperator } from '@/lib/auth/session'
import { openPasswordLink } from '@/lib/auth/way-back'
import { commit } from '@/lib/events/recorder'
import { createInvite, findInvite, withdrawInvite } from '@/lib/store/invites'
import { findPerson } from '@/lib/store/people'
import { isRole, sameEmail } from '@/lib/store/users'

const path = '/admin/operators'

/** A link, which is shown once; or what is wrong, by field. */
export type InviteOutcome =
  | ({ readonly ok: true } & OneTimeLink)
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> }

/** Makes a one-time link that makes an account with this role. */
export async function inviteOperator(input: {
  readonly email: string
  readonly role: string
}): Promise<InviteOutcome> {
  const operator = await requireOperator('admin', path)
  const email = z.email().max(200).safeParse(sameEmail(input.email))
  const problems = {
    ...(email.success ? {} : { email: 'Enter an e-mail address such as you@example.com.' }),
    ...(isRole(input.role) ? {} : { role: 'Choose a role.' }),
  }
  if (!email.success || !isRole(input.role)) return { ok: false, problems }
  const { role } = input
  const exchange = await operatorExchange(operator, path)
  const createdById = operator.id
  const asked = { kind: 'account', email: email.data, role, userId: null, createdById } as const
  const { invite, shown } = newOneTimeLink(exchange.startedAt, asked)
  const detail = { email: email.data, role }
  const actor = { userId: operator.id, address: exchange.address }
  const created = await commit(exchange, (tell) =>
    createInvite(invite, actor, [tell('operator.invited', detail)]),
  )
  if (!created) return { ok: false, problems: { email: 'This address has an account already.' } }
  return { ok: true, ...shown }
}

/** Makes a one-time link by which a person chooses a new password. */
export async function makePasswordLink(userId: string): Promise<InviteOutcome> {
  const operator = await requireOperator('admin', path)
  const person = await findPerson(userId)
  if (!person || person.disabledAt) {
    const problem = person ? 'Enable the account first.' : 'This account does not exist any more.'
    return { ok: false, problems: { user: problem } }
  }
  const exchange = await operatorExchange(operator, path)
  const actor = { userId: operator.id, address: exchange.address }
  return { ok: true, ...(await openPasswordLink(person, actor, exchange)) }
}

/** Ends a link at once. @returns whose it was, or `null` when it was not open */
export async function withdrawLink(id: string): Promise<{ readonly email: string } | null> {
  const operator = await requireOperator('admin', path)
  const invite = await findInvite(id)
  if (!invite) return null
  const { email } = invite
  const exchange = await operatorExchange(operator, path)
  const actor = { userId: operator.id, address: exchange.address }
  const withdrawn = await commit(exchange, (tell) =>
    withdrawInvite(invite, exchange.startedAt, actor, [tell('invite.withdrawn', { email })]),
  )
  return withdrawn ? { email } : null
}
