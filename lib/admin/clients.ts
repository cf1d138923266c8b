import 'server-only'
import { query } from '@/lib/auth/declared'
import { redirectUriProblem } from '@/lib/oauth/redirect-uri'
import { uriProblemWords } from '@/lib/reasons'
import {
  type ClientFilter,
  isClientOrder,
  type ListedClient,
  listClients as listStoredClients,
  markOfClient,
} from '@/lib/store/client-list'
import { verifiedDomain } from './connection-rows'
import { addressOf, iso, pageSize, searchText, toPage, trailOf } from './paging'
import type { ClientRow, ListQuery, PageOf } from './views'

const states = ['active', 'disabled', 'never-used'] as const

const toState = (state: string | undefined): ClientFilter['state'] =>
  states.find((known) => known === state)

/** A client as a row of the dashboard. */
export const toClientRow = (client: ListedClient): ClientRow => ({
  id: client.id,
  name: client.name,
  kind: client.kind,
  authMethod: client.authMethod,
  hasSecret: client.secretHash !== null,
  redirectUris: client.redirectUris,
  refusedRedirects: client.redirectUris.flatMap((uri) => {
    const problem = redirectUriProblem(uri)
    return problem === null ? [] : [{ uri, problem: uriProblemWords(problem) }]
  }),
  createdAt: client.createdAt.toISOString(),
  lastUsedAt: iso(client.lastUsedAt),
  activeConnections: client.activeGrants,
  verifiedDomain: verifiedDomain(client.kind, client.id),
  clients: client.clients,
  kin: client.clients > 1 ? client.kinHash : null,
  state: client.disabledAt ? 'disabled' : client.lastUsedAt ? 'active' : 'never used',
})

async function list(query: ListQuery, isFolded: boolean): Promise<PageOf<ClientRow>> {
  const trail = trailOf(query.cursor)
  const kin = searchText(query.kin)
  const rows = await listStoredClients(
    { text: searchText(query.q), state: toState(query.state), kin },
    isClientOrder(query.sort) ? query.sort : 'newest',
    isFolded && !kin,
    pageSize + 1,
    trail.at(-1),
  )
  return toPage(rows, trail, markOfClient, toClientRow)
}

/** A page of clients; those that are one app to a person are one row. */
export const listClients = query(
  { role: 'viewer', path: addressOf('/admin/clients') },
  async (_, query: ListQuery): Promise<PageOf<ClientRow>> => {
    return list(query, true)
  },
)

/** A page of clients, each in a row of its own. */
export const listEveryClient = query(
  { role: 'viewer', path: '/admin/clients' },
  async (_, query: ListQuery): Promise<PageOf<ClientRow>> => {
    return list(query, false)
  },
)
