import 'server-only'
import { toConnectionRow } from '@/lib/admin/connection-rows'
import { pageSize, searchText, toPage, trailOf } from '@/lib/admin/paging'
import type { HistoryRow } from '@/lib/admin/record-views'
import type { ConnectionRow, ListQuery, PageOf } from '@/lib/admin/views'
import type { Operator } from '@/lib/auth/operator'
import { requireOperator } from '@/lib/auth/session'
import { callsLately } from '@/lib/store/grant-days'
import { findGrant, isGrantOrder, type ListedGrant, listGrants } from '@/lib/store/grant-list'
import { pauseConnectionOf, renameConnectionOf, revokeConnectionOf } from './grant-changes'
import { historyOf, type NameOf } from './history'

/** What a signed-in person sees and does with the connections that are theirs, whatever their role. */

const path = '/connections'

const states = ['active', 'paused', 'revoked', 'unused'] as const

/** The grant, when it is theirs; somebody else's is as good as none. */
async function ownGrant(person: Operator, id: string): Promise<ListedGrant | null> {
  const grant = await findGrant(id)
  return grant?.userId === person.id ? grant : null
}

/** A page of one's own connections. */
export async function listOwnConnections(query: ListQuery): Promise<PageOf<ConnectionRow>> {
  const person = await requireOperator('member', path)
  const trail = trailOf(query.cursor)
  const state = states.find((known) => known === query.state)
  const order = isGrantOrder(query.sort) ? query.sort : 'newest'
  const filter = { text: searchText(query.q), state, userId: person.id }
  const rows = await listGrants(filter, order, pageSize + 1, trail.at(-1))
  const calls = await callsLately(
    rows.map(({ id }) => id),
    new Date(),
  )
  return toPage(
    rows,
    trail,
    ({ id }) => id,
    (grant) => toConnectionRow(grant, calls),
  )
}

/** One of one's own connections, or `null`. */
export async function readOwnConnection(id: string): Promise<ConnectionRow | null> {
  const person = await requireOperator('member', path)
  const grant = await ownGrant(person, id)
  return grant && toConnectionRow(grant, await callsLately([grant.id], new Date()))
}

/** A page of what happened to one of one's own connections, or `null`. */
export async function listOwnHistory(
  id: string,
  cursor: string | undefined,
): Promise<PageOf<HistoryRow> | null> {
  const person = await requireOperator('member', path)
  const grant = await ownGrant(person, id)
  // who runs this server is no concern of everybody who uses it
  const nameOf: NameOf = (userId) => (userId === person.id ? 'you' : 'an operator of this server')
  if (!grant) return null
  const page = await historyOf(grant.id, cursor, nameOf)
  const rows = page.rows.map((row) => (row.by === 'you' ? row : { ...row, address: null }))
  return { ...page, rows }
}

/** Revokes one of one's own connections. @returns whose it was, `null` when it is not theirs or ended */
export async function revokeOwnConnection(id: string): Promise<{ clientName: string } | null> {
  const operator = await requireOperator('member', path)
  const grant = await ownGrant(operator, id)
  return grant && (await revokeConnectionOf({ operator, path }, grant)) ? grant : null
}

/** Pauses one of one's own connections, or lets it go on, unless somebody else has paused it. */
export async function pauseOwnConnection(
  id: string,
  to: 'paused' | 'active',
): Promise<{ clientName: string } | null> {
  const operator = await requireOperator('member', path)
  const grant = await ownGrant(operator, id)
  const turn = { to, pausedBy: operator.id }
  return grant && (await pauseConnectionOf({ operator, path }, grant, turn)) ? grant : null
}

/** Calls one of one's own connections by another name. @returns the name before */
export async function renameOwnConnection(
  id: string,
  label: string,
): Promise<{ clientName: string; before: string | null } | null> {
  const operator = await requireOperator('member', path)
  const grant = await ownGrant(operator, id)
  const before = grant ? await renameConnectionOf({ operator, path }, grant, label) : undefined
  return grant && before !== undefined ? { clientName: grant.clientName, before } : null
}
