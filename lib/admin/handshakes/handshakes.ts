import 'server-only'
import { downloadable } from '@/lib/admin/exports'
import { addressOf, pageSize, toPage, trailOf } from '@/lib/admin/paging'
import type { PageOf } from '@/lib/admin/views'
import { query } from '@/lib/auth/declared'
import { joinNow } from '@/lib/recorder/joiner'
import { listStoredHandshakes, newestChange } from '@/lib/store/handshakes/handshakes'
import { toHandshakeFilter, toHandshakeRows } from './rows'
import type { HandshakeQuery, HandshakeRow } from './views'

/** A page of handshakes, newest first, with the cursor for the live stream. */
export const listHandshakes = downloadable(
  'handshakes',
  query(
    { role: 'viewer', path: addressOf('/admin/handshakes') },
    async (
      person,
      query: HandshakeQuery,
    ): Promise<PageOf<HandshakeRow> & { readonly cursor: string }> => {
      await joinNow()
      const cursor = String((await newestChange()).getTime())
      const trail = trailOf(query.cursor)
      const listed = await listStoredHandshakes(
        toHandshakeFilter(query),
        pageSize + 1,
        trail.at(-1),
      )
      const { next, previous } = toPage(listed, trail, ({ id }) => id)
      return {
        rows: await toHandshakeRows(person, listed.slice(0, pageSize)),
        next,
        previous,
        cursor,
      }
    },
  ),
)
