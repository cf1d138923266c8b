import 'server-only'
import {
  pauseConnectionOf,
  renameConnectionOf,
  revokeConnectionOf,
} from '@/lib/admin/account/grant-changes'
import { requireOperator } from '@/lib/auth/session'
import { callsLately } from '@/lib/store/grant-days'
import { findGrant, type GrantFilter, isGrantOrder, listGrants } from '@/lib/store/grant-list'
import { toConnectionRow } from './connection-rows'
import { pageSize, searchText, toPage, trailOf } from './paging'
import type { ConnectionRow, ListQuery, PageOf } from './views'

const path = '/admin/connections'

const states = ['active', 'paused', 'revoked', 'unused'] as const

const toState = (state: string | undefined): GrantFilter['state'] =>
  states.find((known) => known === state)

/** A page of connections. */
export async function listConnections(query: ListQuery): Promise<PageOf<ConnectionRow>> {
  await requireOperator('viewer', path)
  const trail = trailOf(query.cursor)
  const rows = await listGrants(
    {
      text: searchText(query.q),
      state: toState(query.state),
      clientId: query.client,
      userId: query.user,
    },
    isGrantOrder(query.sort) ? query.sort : 'newest',
    pageSize + 1,
    trail.at(-1),
  )
  const ids = rows.map(({ id }) => id)
  const calls = await callsLately(ids, new Date())
  return toPage(
    rows,
    trail,
    ({ id }) => id,
    (grant) => toConnectionRow(grant, calls),
  )
}

/**
 * Revokes a connection: its tokens stop to work with the next request.
 *
 * @returns whose it was, or `null` when it was not live any more
 */
export async function revokeConnection(id: string): Promise<{ clientName: string } | null> {
  const operator = await requireOperator('operator', path)
  const grant = await findGrant(id)
  return grant && (await revokeConnectionOf({ operator, path }, grant)) ? grant : null
}

/**
 * Pauses a connection, so that its tokens are refused and kept, or lets it go on.
 *
 * @returns whose it is, or `null` when it was not in the other state
 */
export async function pauseConnection(
  id: string,
  to: 'paused' | 'active',
): Promise<{ clientName: string } | null> {
  const operator = await requireOperator('operator', path)
  const grant = await findGrant(id)
  return grant && (await pauseConnectionOf({ operator, path }, grant, { to })) ? grant : null
}

/** Calls a connection by another name. @returns the name before, or `null` when nothing changed */
export async function renameConnection(
  id: string,
  label: string,
): Promise<{ clientName: string; before: string | null } | null> {
  const operator = await requireOperator('operator', path)
  const grant = await findGrant(id)
  const before = grant ? await renameConnectionOf({ operator, path }, grant, label) : undefined
  return grant && before !== undefined ? { clientName: grant.clientName, before } : null
}

/** What can be done to several connections at once. */
export const bulkChanges = ['pause', 'resume', 'revoke'] as const
export type BulkChange = (typeof bulkChanges)[number]

/**
 * Does the same to several connections, as many as a page shows, each in a transaction of its own;
 * those it does not fit, such as one that was revoked before, stay as they are.
 *
 * @returns how many were changed
 */
export async function changeConnections(
  ids: readonly string[],
  change: BulkChange,
): Promise<number> {
  const operator = await requireOperator('operator', path)
  const by = { operator, path }
  let changed = 0
  for (const id of new Set(ids.slice(0, pageSize))) {
    const grant = await findGrant(id)
    if (!grant) continue
    const done =
      change === 'revoke'
        ? await revokeConnectionOf(by, grant)
        : await pauseConnectionOf(by, grant, { to: change === 'pause' ? 'paused' : 'active' })
    if (done) changed += 1
  }
  return changed
}
