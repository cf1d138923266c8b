import 'server-only'
import { query } from '@/lib/auth/declared'
import { secondStepOf } from '@/lib/auth/second-step'
import { openInvites } from '@/lib/store/invites'
import {
  findPerson,
  isPersonOrder,
  listPeople,
  type Person,
  type PersonFilter,
} from '@/lib/store/people'
import { isRole, userEmails } from '@/lib/store/users'
import type { InviteRow, OperatorQuery, OperatorRow, OperatorView } from './operator-views'
import { addressOf, iso, pageSize, searchText, toPage, trailOf } from './paging'
import type { PageOf } from './views'

const path = '/admin/operators'
const states = ['active', 'disabled', 'never'] as const
/** Open links are few: each ends within days. */
const mostInvites = 200

const toState = (state: string | undefined): PersonFilter['state'] =>
  states.find((known) => known === state)

const toRow = (person: Person): OperatorRow => ({
  id: person.id,
  email: person.email,
  name: person.name,
  role: person.role,
  state: person.disabledAt ? 'disabled' : 'active',
  createdAt: person.createdAt.toISOString(),
  lastSignedInAt: iso(person.lastSignedInAt),
  activeConnections: person.activeGrants,
})

/** A page of the people who may sign in. */
export const listOperators = query(
  { role: 'viewer', path: addressOf(path) },
  async (_, query: OperatorQuery): Promise<PageOf<OperatorRow>> => {
    const trail = trailOf(query.cursor)
    const rows = await listPeople(
      {
        text: searchText(query.q),
        role: isRole(query.role) ? query.role : undefined,
        state: toState(query.state),
      },
      isPersonOrder(query.sort) ? query.sort : 'newest',
      pageSize + 1,
      trail.at(-1),
    )
    return toPage(rows, trail, ({ id }) => id, toRow)
  },
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
  return invites.map(({ id, kind, email, role, createdAt, expiresAt, createdById }) => ({
    id,
    kind,
    email,
    role,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    createdBy: emails.get(createdById) ?? null,
  }))
})
