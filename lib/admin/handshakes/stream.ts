import 'server-only'
import { cursorOf, eventStream, type Send, sseEvent } from '@/lib/admin/sse'
import { route } from '@/lib/auth/declared'
import type { Person } from '@/lib/auth/session'
import { type Changes, followHandshakes } from '@/lib/recorder/handshake-feed'
import { matchingHandshakes } from '@/lib/store/handshakes/handshakes'
import { toHandshakeFilter, toHandshakeRows } from './rows'
import { viewHandshake } from './view'
import type { HandshakeQuery } from './views'

async function sendRows(
  person: Person,
  { changed, gone, cursor }: Changes,
  query: HandshakeQuery,
  send: Send,
) {
  for (const id of gone) await send(sseEvent('gone', { id }, cursor))
  const ids = changed.map(({ id }) => id)
  const matching = await matchingHandshakes(toHandshakeFilter(query), ids)
  for (const row of await toHandshakeRows(person, changed)) {
    const text = matching.has(row.id)
      ? sseEvent('handshake', row, cursor)
      : sseEvent('gone', { id: row.id }, cursor)
    await send(text)
  }
}

async function sendDetail(
  person: Person,
  { changed, gone, cursor }: Changes,
  id: string,
  send: Send,
) {
  if (gone.includes(id)) await send(sseEvent('gone', { id }, cursor))
  if (!changed.some((handshake) => handshake.id === id)) return
  const view = await viewHandshake(person, id)
  if (view) await send(sseEvent('detail', view, cursor))
}

/** Streams changes of the list of handshakes, or of one; see `HandshakeStreamData`. */
export const handshakeStream = route({ role: 'viewer' }, async (person, request) => {
  const query: Record<string, string> = Object.fromEntries(new URL(request.url).searchParams)
  return eventStream(request, person, 'live handshakes', async (send, signal) => {
    for await (const changes of followHandshakes(cursorOf(request), signal)) {
      if (query.id) await sendDetail(person, changes, query.id, send)
      else await sendRows(person, changes, query, send)
    }
  })
})
