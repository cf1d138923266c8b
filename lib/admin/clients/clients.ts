import 'server-only'
import { verifiedDomain } from '@/lib/admin/connections/rows'
import { type ListParams, listed } from '@/lib/admin/list'
import { searchText } from '@/lib/admin/paging'
import type { Person } from '@/lib/auth/session'
import { redirectUriProblem } from '@/lib/oauth/redirect-uri'
import { uriProblemWords } from '@/lib/reasons'
import {
  type ListedClient,
  listClients as listStoredClients,
  markOfClient,
} from '@/lib/store/clients/list'
import type { Slice } from '@/lib/store/slice'

/** A client as a row of the dashboard. */
export const toClientRow = (client: ListedClient) => ({
  id: client.id,
  name: client.name,
  kind: client.kind,
  authMethod: client.authMethod,
  hasSecret: client.secretHash !== null,
  redirectUris: client.redirectUris,
  /** those of them that answers are not sent to (any more), and why: `has …`, `is …` */
  refusedRedirects: client.redirectUris.flatMap((uri) => {
    const problem = redirectUriProblem(uri)
    return problem === null ? [] : [{ uri, problem: uriProblemWords(problem) }]
  }),
  createdAt: client.createdAt,
  lastUsedAt: client.lastUsedAt,
  /** of all that the row stands for */
  activeConnections: client.activeGrants,
  /** the domain that publishes its description */
  verifiedDomain: verifiedDomain(client.kind, client.id),
  /** how many registrations of one app the row stands for */
  clients: client.clients,
  /** what they have in common, where there are several */
  kin: client.clients > 1 ? client.kinHash : null,
  state: stateOf(client),
})

/** A client as the dashboard lists it. */
export type ClientRow = Readonly<ReturnType<typeof toClientRow>>

function stateOf({ disabledAt, lastUsedAt }: ListedClient): 'active' | 'disabled' | 'never used' {
  if (disabledAt) return 'disabled'
  return lastUsedAt ? 'active' : 'never used'
}

async function read(_: Person, asked: ListParams, slice: Slice, isFolded: boolean) {
  const filter = { text: asked.q, state: asked.state, kin: searchText(asked.kin) }
  const rows = await listStoredClients(filter, isFolded && !filter.kin, slice)
  return rows.map(toClientRow)
}

const path = '/admin/clients'

/** The apps that are known here; those that are one app to a person are one row. */
export const listClients = listed(
  { role: 'viewer', path, markOf: markOfClient },
  (person, asked, slice) => read(person, asked, slice, true),
)

/** The same, each in a row of its own. */
export const listEveryClient = listed(
  { role: 'viewer', path, markOf: markOfClient },
  (person, asked, slice) => read(person, asked, slice, false),
)
