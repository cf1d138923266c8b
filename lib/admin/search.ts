import 'server-only'
import { route } from '@/lib/auth/declared'
import { json } from '@/lib/http/responses'
import {
  findClients,
  findConnections,
  findHandshakes,
  findPeople,
  findTokens,
} from '@/lib/store/search'
import { searchText } from './paging'

/** A result found by name or id, with its page. */
export type SearchHit = {
  readonly kind: 'client' | 'person' | 'connection' | 'token' | 'handshake'
  readonly id: string
  readonly label: string
  readonly under: string
  readonly href: string
}

const mostOfKind = 4
const shortest = 2

const hrefs: Readonly<Record<SearchHit['kind'], (id: string) => string>> = {
  client: (id) => `/admin/clients?${new URLSearchParams({ q: id })}`,
  person: (id) => `/admin/connections?${new URLSearchParams({ user: id })}`,
  connection: (id) => `/admin/connections?${new URLSearchParams({ q: id })}`,
  token: (id) => `/admin/tokens?${new URLSearchParams({ q: id })}`,
  handshake: (id) => `/admin/handshakes/${encodeURIComponent(id)}`,
}

function hit(kind: SearchHit['kind'], id: string, label: string, under: string): SearchHit {
  return { kind, id, label, under, href: hrefs[kind](id) }
}

async function search(text: string): Promise<SearchHit[]> {
  const [clients, people, connections, handshakes, tokens] = await Promise.all([
    findClients(text, mostOfKind),
    findPeople(text, mostOfKind),
    findConnections(text, mostOfKind),
    findHandshakes(text, mostOfKind),
    findTokens(text, mostOfKind),
  ])
  return [
    ...clients.map(({ id, name }) => hit('client', id, name, id)),
    ...people.map(({ id, email, name }) => hit('person', id, email, name ?? 'their connections')),
    ...connections.map(({ id, client, user }) =>
      hit('connection', id, `${client.name}, ${user.email}`, id),
    ),
    ...handshakes.map(({ id, clientName, verdict }) =>
      hit('handshake', id, id, `${clientName ?? 'unknown'}, ${verdict}`),
    ),
    ...tokens.map(({ id, kind, client }) => hit('token', id, id, `${kind} token, ${client.name}`)),
  ]
}

/** Searches names and ids for the text `q`, a few results of each kind, for the command palette. */
export const answerSearch = route({ role: 'viewer' }, async (_, request) => {
  const text = searchText(new URL(request.url).searchParams.get('q') ?? undefined)
  const headers = { 'Cache-Control': 'private, no-store' }
  if (!text || text.length < shortest) return json([], 200, headers)
  return json(await search(text), 200, headers)
})
