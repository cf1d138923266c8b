import 'server-only'
import { query } from '@/lib/auth/declared'
import { secondStepOf } from '@/lib/auth/second-step'
import { openInvites } from '@/lib/store/invites'
import { findPerson, listPeople, type Person } from '@/lib/store/people'
import { userEmails } from '@/lib/store/users'
import { listed } from './list'
import type { InviteRow, OperatorRow, OperatorView } from './operator-views'

const path = '/admin/operators'
/** Open links are few: each ends within days. */
const mostInvites = 200

const toRow = (person: Person): OperatorRow => ({
  id: person.id,
  email: person.email,
  name: person.name,
  role: person.role,
  state: person.disabledAt ? 'disabled' : 'active',
  createdAt: person.createdAt,
  lastSignedInAt: person.lastSignedInAt,
  activeConnections: person.activeGrants,
})

/** The people who may sign in. */
export const listOperators = listed(
  { role: 'viewer', path },
  async (_, { q, role, state }, slice) =>
    (await listPeople({ text: q, role, state }, slice)).map(toRow),
)

/** One person, or `null`. */
export const readOperator = query(
  { role: 'viewer', path: (id: string) => `${path}/${id}` },
  async (operator, id): Promise<OperatorView | null> => {
    const person = await findPerson(id)
    return (
      person && {
        ...toRow(person),
        hasPassword: person.hasPassword,
        hasCodes: (await secondStepOf(person.id)) !== null,
        isSelf: person.id === operator.id,
      }
    )
  },
)

/** The links that still open something, newest first. */
export const listInvites = query({ role: 'admin', path }, async (): Promise<InviteRow[]> => {
  const invites = await openInvites(new Date(), mostInvites)
  const emails = await userEmails(invites.map(({ createdById }) => createdById))
  return invites.map(({ id, kind, email, role, createdAt, expiresAt, createdById }) => {
    return {
      id,
      kind,
      email,
      role,
      createdAt,
      expiresAt,
      createdBy: emails.get(createdById) ?? null,
    }
  })
})
