import 'server-only'
import { z } from 'zod'
import { done, refused } from '@/lib/admin/outcome'
import { command } from '@/lib/auth/declared'
import { commitBy, personExchange } from '@/lib/auth/exchange'
import { newOneTimeLink, type OneTimeLink } from '@/lib/auth/one-time-link'
import { openPasswordLink } from '@/lib/auth/way-back'
import { before, form, sentText } from '@/lib/http/sent'
import { createInvite, findInvite, withdrawInvite } from '@/lib/store/people/invites'
import { findPerson } from '@/lib/store/people/list'
import { sameEmail } from '@/lib/store/people/users'
import { isRole, type Role } from '@/lib/vocabulary'

const path = '/admin/operators'

/** The state of the invitation form. */
export type InviteState = {
  readonly input: { readonly email: string; readonly role: Role }
  readonly problems: Readonly<Record<string, string>>
  /** the link, which is shown once */
  readonly made: OneTimeLink | null
}

/** Creates a one-time link that creates an account with a role. */
export const inviteOperator = command(
  { role: 'admin', path: `${path}/invite`, takes: [before, form] },
  async (operator, _, fields): Promise<InviteState> => {
    const [address, role] = [fields.text('email').trim(), fields.text('role')]
    const input = { email: address, role: isRole(role) ? role : 'viewer' } as const
    const email = z.email().max(200).safeParse(sameEmail(address))
    const problems = {
      ...(email.success ? {} : { email: 'Enter an e-mail address such as you@example.com.' }),
      ...(isRole(role) ? {} : { role: 'Choose a role.' }),
    }
    if (!email.success || !isRole(role)) return { input, problems, made: null }
    const detail = { email: email.data, role }
    const asked = { kind: 'account', ...detail, userId: null, createdById: operator.id } as const
    const made = await commitBy(operator, {}, async (describe, actor, at) => {
      const { invite, shown } = newOneTimeLink(at, asked)
      const isNew = await createInvite(invite, actor, [describe('operator.invited', detail)])
      return isNew ? shown : null
    })
    return { input, problems: made ? {} : { email: 'This address already has an account.' }, made }
  },
)

/** The result of creating a password link. */
export type PasswordLinkState = {
  readonly made: OneTimeLink | null
  readonly problem: string | null
}

/** Creates a one-time link with which a person chooses a new password. */
export const makePasswordLink = command(
  { role: 'admin', path, takes: [before, form] },
  async (operator, _, fields): Promise<PasswordLinkState> => {
    const person = await findPerson(fields.text('id'))
    if (!person) return { made: null, problem: 'This account no longer exists.' }
    if (person.disabledAt) return { made: null, problem: 'Enable the account first.' }
    const exchange = await personExchange(operator)
    return { made: await openPasswordLink(person, exchange), problem: null }
  },
)

/** Ends a link at once. */
export const withdrawLink = command(
  { role: 'admin', path, takes: [sentText] },
  async (operator, id) => {
    const over = refused('This link was already used or has ended')
    const invite = await findInvite(id)
    if (!invite) return over
    const { email } = invite
    const withdrawn = await commitBy(operator, {}, (describe, actor, at) =>
      withdrawInvite(invite, at, actor, [describe('invite.withdrawn', { email })]),
    )
    return withdrawn ? done(`The link for ${email} no longer works`) : over
  },
)
