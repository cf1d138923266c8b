import 'server-only'
import { type ConnectionRow, toConnectionRows } from '@/lib/admin/connections/rows'
import { listed } from '@/lib/admin/list'
import type { PageOf } from '@/lib/admin/views'
import { command, query } from '@/lib/auth/declared'
import { answerNotFound, type Person, redirectTo } from '@/lib/auth/session'
import { type Form, form } from '@/lib/http/sent'
import { findGrant, type ListedGrant, listGrants } from '@/lib/store/grants/list'
import { pauseConnectionOf, renameConnectionOf, revokeConnectionOf } from './grant-changes'
import { type HistoryRow, historyOf } from './history'

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
    if (!grant) return null
    // users do not learn who the operators are
    const page = await historyOf(person, grant.id, cursor, (userId) =>
      userId === person.id ? 'you' : 'an operator of this server',
    )
    const rows = page.rows.map((row) => (row.by === 'you' ? row : { ...row, address: null }))
    return { ...page, rows }
  },
)

/** A form about one of the person's own connections; its page then shows what was done. */
const ownChange = (
  done: string,
  change: (person: Person, grant: ListedGrant, fields: Form) => Promise<boolean>,
) =>
  command({ role: 'member', path, takes: [form] }, async (person, fields) => {
    const grant = (await ownGrant(person, fields.text('id'))) ?? answerNotFound()
    const isDone = await change(person, grant, fields)
    redirectTo(pageOf(grant.id, isDone ? `?done=${done}` : ''))
  })

/** Revokes one of the person's own connections. */
export const revokeOwnConnection = ownChange('revoked', revokeConnectionOf)

/** Pauses one of the person's own connections. */
export const pauseOwnConnection = ownChange('paused', (person, grant) =>
  pauseConnectionOf(person, grant, { to: 'paused', pausedBy: person.id }),
)

/** Resumes one of the person's own connections, unless someone else has paused it. */
export const resumeOwnConnection = ownChange('resumed', (person, grant) =>
  pauseConnectionOf(person, grant, { to: 'active', pausedBy: person.id }),
)

/** Renames one of the person's own connections. */
export const renameOwnConnection = ownChange('renamed', async (person, grant, fields) => {
  const before = await renameConnectionOf(person, grant, fields.text('label'))
  return before !== undefined
})
