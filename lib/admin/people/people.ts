import 'server-only'
import { listed } from '@/lib/admin/list'
import { query } from '@/lib/auth/declared'
import { secondStepOf } from '@/lib/auth/second-step'
import { openInvites } from '@/lib/store/people/invites'
import { findPerson, type ListedPerson, listPeople } from '@/lib/store/people/list'
import { userEmails } from '@/lib/store/people/users'

const path = '/admin/operators'
/** Open links are few: each expires within days. */
const mostInvites = 200

const toRow = ({ id, email, name, role, createdAt, lastSignedInAt, ...person }: ListedPerson) => {
  const state = person.disabledAt ? ('disabled' as const) : ('active' as const)
  const { activeGrants: activeConnections } = person
  return { id, email, name, role, state, createdAt, lastSignedInAt, activeConnections }
}

/** A person as the dashboard lists them. */
export type OperatorRow = Readonly<ReturnType<typeof toRow>>

/** The people who may sign in. */
export const listOperators = listed(
  { role: 'viewer', path },
  async (_, { q, role, state }, slice) =>
    (await listPeople({ text: q, role, state }, slice)).map(toRow),
)

/** One person, or `null`. */
export const readOperator = query(
  { role: 'viewer', path: (id: string) => `${path}/${id}` },
  async (operator, id) => {
    const person = await findPerson(id)
    return (
      person && {
        ...toRow(person),
        hasPassword: person.hasPassword,
        /** whether they sign in with a one-time code too */
        hasCodes: (await secondStepOf(person.id)) !== null,
        /** whether it is the reader */
        isSelf: person.id === operator.id,
      }
    )
  },
)

/** One person with the details of their page. */
export type OperatorView = NonNullable<Awaited<ReturnType<typeof readOperator>>>

/** The links that still work, newest first. */
export const listInvites = query({ role: 'admin', path }, async () => {
  const invites = await openInvites(new Date(), mostInvites)
  const emails = await userEmails(invites.map(({ createdById }) => createdById))
  return invites.map(({ id, kind, email, role, createdAt, expiresAt, createdById }) => {
    // `null` when its creator's account was deleted
    const createdBy = emails.get(createdById) ?? null
    return { id, kind, email, role, createdAt, expiresAt, createdBy }
  })
})

/** A link that still works; its role is that of the account it creates. */
export type InviteRow = Awaited<ReturnType<typeof listInvites>>[number]
