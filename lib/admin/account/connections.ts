import 'server-only'
import { type ConnectionRow, toConnectionRows } from '@/lib/admin/connections/rows'
import { listed } from '@/lib/admin/list'
import type { HistoryRow } from '@/lib/admin/record-views'
import type { PageOf } from '@/lib/admin/views'
import { command, query } from '@/lib/auth/declared'
import { answerNotFound, redirectTo } from '@/lib/auth/leave'
import type { Person } from '@/lib/auth/session'
import { type Form, form } from '@/lib/http/sent'
import { findGrant, type ListedGrant, listGrants } from '@/lib/store/grants/list'
import { pauseConnectionOf, renameConnectionOf, revokeConnectionOf } from './grant-changes'
import { historyOf, type NameOf } from './history'

/** How a signed-in person of any role sees and changes their own connections. */

const path = '/connections'

/** The grant if it is theirs, or `null`. */
async function ownGrant(person: Person, id: string): Promise<ListedGrant | null> {
  const grant = await findGrant(id)
  return grant?.userId === person.id ? grant : null
}

/** The person's own connections. */
export const listOwnConnections = listed(
  { role: 'member', path, name: 'my-connections' },
  async (person, { q, state }, slice) => {
    const filter = { text: q, state, userId: person.id }
    return toConnectionRows(person, await listGrants(filter, slice))
  },
)

const pageOf = (id: string, below = ''): string => `${path}/${encodeURIComponent(id)}${below}`

/** One of the person's own connections, or `null`. @param below a page below its own, as `/revoke` */
export const readOwnConnection = query(
  { role: 'member', path: pageOf },
  async (person, id, _below?: string): Promise<ConnectionRow | null> => {
    const grant = await ownGrant(person, id)
    return grant && ((await toConnectionRows(person, [grant]))[0] ?? null)
  },
)

/** A page of the history of one of the person's own connections, or `null`. */
export const listOwnHistory = query(
  { role: 'member', path },
  async (person, id: string, cursor: string | undefined): Promise<PageOf<HistoryRow> | null> => {
    const grant = await ownGrant(person, id)
    // users do not learn who the operators are
    const nameOf: NameOf = (userId) => (userId === person.id ? 'you' : 'an operator of this server')
    if (!grant) return null
    const page = await historyOf(person, grant.id, cursor, nameOf)
    const rows = page.rows.map((row) => (row.by === 'you' ? row : { ...row, address: null }))
    return { ...page, rows }
  },
)

/** Redirects to the connection's page, which shows what was done. */
const backTo = ({ id }: ListedGrant, done: string | null): never =>
  redirectTo(`${path}/${encodeURIComponent(id)}${done ? `?done=${done}` : ''}`)

/** The connection of a form; answers 404 unless it is theirs. */
const grantIn = async (self: Person, fields: Form): Promise<ListedGrant> =>
  (await ownGrant(self, fields.text('id'))) ?? answerNotFound()

/** Revokes one of the person's own connections. */
export const revokeOwnConnection = command(
  { role: 'member', path, takes: [form] },
  async (operator, fields) => {
    const grant = await grantIn(operator, fields)
    const isRevoked = await revokeConnectionOf({ operator, path }, grant)
    backTo(grant, isRevoked ? 'revoked' : null)
  },
)

/** Pauses one of the person's own connections. */
export const pauseOwnConnection = command(
  { role: 'member', path, takes: [form] },
  async (operator, fields) => {
    const grant = await grantIn(operator, fields)
    const turn = { to: 'paused', pausedBy: operator.id } as const
    const isPaused = await pauseConnectionOf({ operator, path }, grant, turn)
    backTo(grant, isPaused ? 'paused' : null)
  },
)

/** Resumes one of the person's own connections, unless someone else has paused it. */
export const resumeOwnConnection = command(
  { role: 'member', path, takes: [form] },
  async (operator, fields) => {
    const grant = await grantIn(operator, fields)
    const turn = { to: 'active', pausedBy: operator.id } as const
    const isResumed = await pauseConnectionOf({ operator, path }, grant, turn)
    backTo(grant, isResumed ? 'resumed' : null)
  },
)

/** Renames one of the person's own connections. */
export const renameOwnConnection = command(
  { role: 'member', path, takes: [form] },
  async (operator, fields) => {
    const grant = await grantIn(operator, fields)
    const before = await renameConnectionOf({ operator, path }, grant, fields.text('label'))
    backTo(grant, before === undefined ? null : 'renamed')
  },
)
