import 'server-only'
import { requireOperator } from '@/lib/auth/session'
import { joinNow } from '@/lib/events/joiner'
import { listHandshakes as listStoredHandshakes, newestChange } from '@/lib/store/handshakes'
import { toHandshakeFilter, toHandshakeRows } from './handshake-rows'
import { viewHandshake } from './handshake-view'
import type { HandshakeQuery, HandshakeRow, HandshakeView } from './handshake-views'
import { pageSize, toPage, trailOf } from './paging'
import type { PageOf } from './views'

/** A page of handshakes, newest first, and where the live stream goes on from it. */
export async function listHandshakes(
  query: HandshakeQuery,
): Promise<PageOf<HandshakeRow> & { readonly cursor: string }> {
  await requireOperator('viewer', '/admin/handshakes')
  await joinNow()
  const cursor = String((await newestChange()).getTime())
  const trail = trailOf(query.cursor)
  const listed = await listStoredHandshakes(toHandshakeFilter(query), pageSize + 1, trail.at(-1))
  const { next, previous } = toPage(
    listed,
    trail,
    ({ id }) => id,
    () => null,
  )
  return { rows: await toHandshakeRows(listed.slice(0, pageSize)), next, previous, cursor }
}

/** One handshake with all that its page shows, or `null`. */
export async function readHandshake(id: string): Promise<HandshakeView | null> {
  await requireOperator('viewer', '/admin/handshakes')
  await joinNow()
  return viewHandshake(id)
}
