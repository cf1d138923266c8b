import 'server-only'
import { operatorExchange } from '@/lib/auth/exchange'
import { requireOperator } from '@/lib/auth/session'
import { describe } from '@/lib/events/exchange'
import { announce } from '@/lib/events/recorder'
import { redirectHost } from '@/lib/oauth/redirect-uri'
import { splitScope } from '@/lib/oauth/scope'
import {
  findGrant,
  type GrantFilter,
  isGrantOrder,
  type ListedGrant,
  listGrants,
  pauseGrant,
  revokeGrant,
} from '@/lib/store/grants'
import { iso, pageSize, searchText, toPage, trailOf } from './paging'
import type { ConnectionRow, ListQuery, PageOf } from './views'

const states = ['active', 'paused', 'revoked', 'unused'] as const

const toState = (state: string | undefined): GrantFilter['state'] =>
  states.find((known) => known === state)

/** A grant as a row of the dashboard. */
export const toConnectionRow = (grant: ListedGrant): ConnectionRow => ({
  id: grant.id,
  clientId: grant.clientId,
  clientName: grant.clientName,
  redirectHost: grant.redirectUri === null ? '' : redirectHost(grant.redirectUri),
  userEmail: grant.userEmail,
  scopes: splitScope(grant.scope),
  state: grant.status,
  createdAt: grant.createdAt.toISOString(),
  lastActiveAt: iso(grant.lastActiveAt),
  revokedAt: iso(grant.revokedAt),
  revokedReason: grant.revokedReason,
  calls: grant.calls,
  unused: grant.unused,
})

/** A page of connections. */
export async function listConnections(query: ListQuery): Promise<PageOf<ConnectionRow>> {
  await requireOperator('viewer', '/admin/connections')
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
  return toPage(rows, trail, (grant) => grant.id, toConnectionRow)
}

/**
 * Revokes a connection: its tokens stop to work with the next request.
 *
 * @returns whose it was, or `null` when it was not live any more
 */
export async function revokeConnection(id: string): Promise<{ clientName: string } | null> {
  const operator = await requireOperator('operator', '/admin/connections')
  const grant = await findGrant(id)
  if (!grant) return null
  const exchange = await operatorExchange(operator, '/admin/connections')
  exchange.ids.grantId = grant.id
  exchange.ids.clientId = grant.clientId
  const events = [describe(exchange, 'grant.revoked', 200, { reason: 'person' })]
  const actor = { userId: operator.id, address: exchange.address }
  const revoked = await revokeGrant(grant.id, 'person', exchange.startedAt, events, actor)
  if (!revoked) return null
  announce(exchange, events)
  return { clientName: grant.clientName }
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
  const operator = await requireOperator('operator', '/admin/connections')
  const grant = await findGrant(id)
  if (!grant) return null
  const { clientName } = grant
  const exchange = await operatorExchange(operator, '/admin/connections')
  exchange.ids.grantId = grant.id
  exchange.ids.clientId = grant.clientId
  const name = to === 'paused' ? 'grant.paused' : 'grant.resumed'
  const events = [describe(exchange, name, undefined, { clientName })]
  const actor = { userId: operator.id, address: exchange.address }
  if (!(await pauseGrant(grant.id, to, exchange.startedAt, actor, events))) return null
  announce(exchange, events)
  return { clientName }
}
