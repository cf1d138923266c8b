import 'server-only'
import { requireOperator } from '@/lib/auth/session'
import {
  type ClientFilter,
  isClientOrder,
  type ListedClient,
  listClients as listStoredClients,
} from '@/lib/store/clients'
import { iso, pageSize, searchText, toPage, trailOf } from './paging'
import type { ClientRow, ListQuery, PageOf } from './views'

const states = ['active', 'disabled', 'never-used'] as const

const toState = (state: string | undefined): ClientFilter['state'] =>
  states.find((known) => known === state)

const toRow = (client: ListedClient): ClientRow => ({
  id: client.id,
  name: client.name,
  kind: client.kind,
  authMethod: client.authMethod,
  hasSecret: client.secretHash !== null,
  redirectUris: client.redirectUris,
  createdAt: client.createdAt.toISOString(),
  lastUsedAt: iso(client.lastUsedAt),
  activeConnections: client.activeGrants,
  state: client.disabledAt ? 'disabled' : client.lastUsedAt ? 'active' : 'never used',
})

/** A page of clients. */
export async function listClients(query: ListQuery): Promise<PageOf<ClientRow>> {
  await requireOperator('viewer', '/admin/clients')
  const trail = trailOf(query.cursor)
  const rows = await listStoredClients(
    { text: searchText(query.q), state: toState(query.state) },
    isClientOrder(query.sort) ? query.sort : 'newest',
    pageSize + 1,
    trail.at(-1),
  )
  return toPage(rows, trail, (client) => client.id, toRow)
}
