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

/** What a signed-in person sees and does with the connections that are theirs, whatever their role. */

const path = '/connections'

/** The grant, when it is theirs; somebody else's is as good as none. */
async function ownGrant(person: Person, id: string): Promise<ListedGrant | null> {
  const grant = await findGrant(id)
  return grant?.userId === person.id ? grant : null
}

/** One's own connections. */
export const listOwnConnections = listed(
  { role: 'member', path, name: 'my-connections' },
  async (person, { q, state }, slice) => {
    const filter = { text: q, state, userId: person.id }
    return toConnectionRows(person, await listGrants(filter, slice))
  },
)

const pageOf = (id: string, below = ''): string => `${path}/${encodeURIComponent(id)}${below}`

/** One of one's own connections, or `null`. @param below what its page has below it, as `/revoke` */
export const readOwnConnection = query(
  { role: 'member', path: pageOf },
  async (person, id, _below?: string): Promise<ConnectionRow | null> => {
    const grant = await ownGrant(person, id)
    return grant && ((await toConnectionRows(person, [grant]))[0] ?? null)
  },
)

/** A page of what happened to one of one's own connections, or `null`. */
export const listOwnHistory = query(
  { role: 'member', path },
  async (person, id: string, cursor: string | undefined): Promise<PageOf<HistoryRow> | null> => {
    const grant = await ownGrant(person, id)
    // who runs this server is no concern of everybody who uses it
    const nameOf: NameOf = (userId) => (userId === person.id ? 'you' : 'an operator of this server')
    if (!grant) return null
    const page = await historyOf(person, grant.id, cursor, nameOf)
    const rows = page.rows.map((row) => (row.by === 'you' ? row : { ...row, address: null }))
    return { ...page, rows }
  },
)

/** Back to the connection, with a word about what was done to it. */
const backTo = ({ id }: ListedGrant, done: string | null): never =>
  redirectTo(`${path}/${encodeURIComponent(id)}${done ? `?done=${done}` : ''}`)

/** The connection that a form is about; somebody else's is not found. */
const grantIn = async (self: Person, fields: Form): Promise<ListedGrant> =>
  (await ownGrant(self, fields.text('id'))) ?? answerNotFound()

/** Ends one of one's own connections. */
export const revokeOwnConnection = command(
  { role: 'member', path, takes: [form] },
  async (operator, fields) => {
    const grant = await grantIn(operator, fields)
    const isRevoked = await revokeConnectionOf({ operator, path }, grant)
    backTo(grant, isRevoked ? 'revoked' : null)
  },
)

/** Pauses one of one's own connections. */
export const pauseOwnConnection = command(
  { role: 'member', path, takes: [form] },
  async (operator, fields) => {
    const grant = await grantIn(operator, fields)
    const turn = { to: 'paused', pausedBy: operator.id } as const
    const isPaused = await pauseConnectionOf({ operator, path }, grant, turn)
    backTo(grant, isPaused ? 'paused' : null)
  },
)

/** Lets one of one's own connections go on, unless somebody else has paused it. */
export const resumeOwnConnection = command(
  { role: 'member', path, takes: [form] },
  async (operator, fields) => {
    const grant = await grantIn(operator, fields)
    const turn = { to: 'active', pausedBy: operator.id } as const
    const isResumed = await pauseConnectionOf({ operator, path }, grant, turn)
    backTo(grant, isResumed ? 'resumed' : null)
  },
)

/** Calls one of one's own connections by another name. */
export const renameOwnConnection = command(
  { role: 'member', path, takes: [form] },
  async (operator, fields) => {
    const grant = await grantIn(operator, fields)
    const before = await renameConnectionOf({ operator, path }, grant, fields.text('label'))
    backTo(grant, before === undefined ? null : 'renamed')
  },
)
