import 'server-only'
import { z } from 'zod'
import { operatorExchange } from '@/lib/auth/exchange'
import type { Operator } from '@/lib/auth/operator'
import { requireOperator } from '@/lib/auth/session'
import { env } from '@/lib/env'
import { describe } from '@/lib/events/exchange'
import { announce } from '@/lib/events/recorder'
import { hashSecret, newId, newSecret } from '@/lib/oauth/secret'
import { createInvite, findInvite, type NewInvite, withdrawInvite } from '@/lib/store/invites'
import { findPerson } from '@/lib/store/people'
import { isRole, sameEmail } from '@/lib/store/users'

const path = '/admin/operators'
const dayMs = 86_400_000
/** How long a link works, in days. */
const days = 7

/** A link, which is shown once; or what is wrong, by field. */
export type InviteOutcome =
  | { readonly ok: true; readonly link: string; readonly expiresAt: string }
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> }

function newInvite(
  operator: Operator,
  at: Date,
  rest: Pick<NewInvite, 'kind' | 'email' | 'role' | 'userId'>,
) {
  const token = newSecret('pin_')
  const expiresAt = new Date(at.getTime() + days * dayMs)
  return {
    invite: {
      id: newId('inv_'),
      tokenHash: hashSecret(token),
      createdById: operator.id,
      createdAt: at,
      expiresAt,
      ...rest,
    },
    shown: {
      ok: true,
      link: `${env().origin}/invite?token=${token}`,
      expiresAt: expiresAt.toISOString(),
    },
  } as const
}

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
  const asked = { kind: 'account', email: email.data, role, userId: null } as const
  const { invite, shown } = newInvite(operator, exchange.startedAt, asked)
  const detail = { email: email.data, role }
  const events = [describe(exchange, 'operator.invited', undefined, detail)]
  const actor = { userId: operator.id, address: exchange.address }
  if (!(await createInvite(invite, actor, events))) {
    return { ok: false, problems: { email: 'This address has an account already.' } }
  }
  announce(exchange, events)
  return shown
}

/** Makes a one-time link by which a person chooses a new password. */
export async function makePasswordLink(userId: string): Promise<InviteOutcome> {
  const operator = await requireOperator('admin', path)
  const person = await findPerson(userId)
  if (!person || person.disabledAt) {
    const problem = person ? 'Enable the account first.' : 'This account does not exist any more.'
    return { ok: false, problems: { user: problem } }
  }
  const { email } = person
  const exchange = await operatorExchange(operator, path)
  const asked = { kind: 'password', email, role: null, userId } as const
  const { invite, shown } = newInvite(operator, exchange.startedAt, asked)
  const events = [describe(exchange, 'password-link.created', undefined, { email })]
  const actor = { userId: operator.id, address: exchange.address }
  await createInvite(invite, actor, events)
  announce(exchange, events)
  return shown
}

/** Ends a link at once. @returns whose it was, or `null` when it was not open */
export async function withdrawLink(id: string): Promise<{ readonly email: string } | null> {
  const operator = await requireOperator('admin', path)
  const invite = await findInvite(id)
  if (!invite) return null
  const { email } = invite
  const exchange = await operatorExchange(operator, path)
  const events = [describe(exchange, 'invite.withdrawn', undefined, { email })]
  const actor = { userId: operator.id, address: exchange.address }
  if (!(await withdrawInvite(invite, exchange.startedAt, actor, events))) return null
  announce(exchange, events)
  return { email }
}
