import 'server-only'
import { verifiedDomain } from '@/lib/admin/connections/rows'
import { type ListParams, listed } from '@/lib/admin/list'
import { searchText } from '@/lib/admin/paging'
import type { Person } from '@/lib/auth/session'
import { redirectUriProblem } from '@/lib/oauth/redirect-uri'
import { uriProblemWords } from '@/lib/reasons'
import { type ListedClient, listStoredClients, markOfClient } from '@/lib/store/clients/list'
import type { Slice } from '@/lib/store/slice'

/** A client as a row of the dashboard. */
export const toClientRow = (client: ListedClient) => ({
  id: client.id,
  name: client.name,
  kind: client.kind,
  authMethod: client.authMethod,
  hasSecret: client.secretHash !== null,
  redirectUris: client.redirectUris,
  /** the redirect URIs that are refused (now), and why: `has …`, `is …` */
  refusedRedirects: client.redirectUris.flatMap((uri) => {
    const problem = redirectUriProblem(uri)
    return problem === null ? [] : [{ uri, problem: uriProblemWords(problem) }]
  }),
  createdAt: client.createdAt,
  lastUsedAt: client.lastUsedAt,
  /** of all registrations in the row */
  activeConnections: client.activeGrants,
  /** the domain that publishes its metadata document */
  verifiedDomain: verifiedDomain(client.kind, client.id),
  /** how many registrations of one app the row represents */
  clients: client.clients,
  /** the hash they share, if there are several */
  kin: client.clients > 1 ? client.kinHash : null,
  state: stateOf(client),
})

/** A client as the dashboard lists it. */
export type ClientRow = Readonly<ReturnType<typeof toClientRow>>

function stateOf({ disabledAt, lastUsedAt }: ListedClient): 'active' | 'disabled' | 'never used' {
  if (disabledAt) return 'disabled'
  return lastUsedAt ? 'active' : 'never used'
}

async function read(_: Person, params: ListParams, slice: Slice, isFolded: boolean) {
  const filter = { text: params.q, state: params.state, kin: searchText(params.kin) }
  const rows = await listStoredClients(filter, isFolded && !filter.kin, slice)
  return rows.map(toClientRow)
}

const path = '/admin/clients'

/** The known apps; registrations of the same app are one row. */
export const listClients = listed(
  { role: 'viewer', path, markOf: markOfClient },
  (person, params, slice) => read(person, params, slice, true),
)

/** The same with one row for each registration. */
export const listEveryClient = listed(
  { role: 'viewer', path, markOf: markOfClient },
  (person, params, slice) => read(person, params, slice, false),
)
