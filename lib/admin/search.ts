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

const hrefOf = (path: string, name: string, value: string): string =>
  `${path}?${new URLSearchParams({ [name]: value })}`

async function clients(text: string): Promise<SearchHit[]> {
  const found = await findClients(text, mostOfKind)
  return found.map(({ id, name }) => {
    const href = hrefOf('/admin/clients', 'q', id)
    return { kind: 'client', id, label: name, under: id, href }
  })
}

async function people(text: string): Promise<SearchHit[]> {
  const found = await findPeople(text, mostOfKind)
  return found.map(({ id, email, name }) => {
    const href = hrefOf('/admin/connections', 'user', id)
    return { kind: 'person', id, label: email, under: name ?? 'their connections', href }
  })
}

async function connections(text: string): Promise<SearchHit[]> {
  const found = await findConnections(text, mostOfKind)
  return found.map(({ id, client, user }) => {
    const href = hrefOf('/admin/connections', 'q', id)
    return { kind: 'connection', id, label: `${client.name}, ${user.email}`, under: id, href }
  })
}

async function tokens(text: string): Promise<SearchHit[]> {
  const found = await findTokens(text, mostOfKind)
  return found.map(({ id, kind, client }) => {
    const href = hrefOf('/admin/tokens', 'q', id)
    return { kind: 'token', id, label: id, under: `${kind} token, ${client.name}`, href }
  })
}

async function handshakes(text: string): Promise<SearchHit[]> {
  const found = await findHandshakes(text, mostOfKind)
  return found.map(({ id, clientName, verdict }) => {
    const href = `/admin/handshakes/${encodeURIComponent(id)}`
    return {
      kind: 'handshake',
      id,
      label: id,
      under: `${clientName ?? 'unknown'}, ${verdict}`,
      href,
    }
  })
}

/** Searches names and ids for the text `q`, a few results of each kind, for the command palette. */
export const answerSearch = route({ role: 'viewer' }, async (_, request) => {
  const text = searchText(new URL(request.url).searchParams.get('q') ?? undefined)
  const headers = { 'Cache-Control': 'private, no-store' }
  if (!text || text.length < shortest) return json([], 200, headers)
  const kinds = [clients, people, connections, handshakes, tokens]
  return json((await Promise.all(kinds.map((find) => find(text)))).flat(), 200, headers)
})
