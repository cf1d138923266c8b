import 'server-only'
import { type HistoryRow, historyOf } from '@/lib/admin/account/history'
import { listSessions } from '@/lib/admin/sessions/sessions'
import { listTokens } from '@/lib/admin/tokens/tokens'
import type { PageOf } from '@/lib/admin/views'
import { query } from '@/lib/auth/declared'
import { callsByDay } from '@/lib/store/grants/days'
import { findGrant } from '@/lib/store/grants/list'
import { handshakesOfGrant } from '@/lib/store/handshakes/handshakes'
import { refreshNotesOf } from './health'
import { toConnectionRows } from './rows'

const path = '/admin/connections'

/** How many of each kind the page shows; the lists have the rest. */
const shown = 6

/** One connection and what belongs to it, or `null`. */
export const readConnection = query(
  { role: 'viewer', path: (id: string) => `${path}/${encodeURIComponent(id)}` },
  async (person, id) => {
    const now = new Date()
    const grant = await findGrant(id)
    if (!grant) return null
    const [[connection], days, tokens, sessions, handshakes] = await Promise.all([
      toConnectionRows(person, [grant]),
      callsByDay(id, now),
      listTokens.rows(person, { grant: id }),
      listSessions.rows(person, { grant: id }),
      handshakesOfGrant(id, shown),
    ])
    if (!connection) return null
    const notes = await refreshNotesOf(person, [connection])
    return {
      connection,
      resource: grant.resource,
      redirectUri: grant.redirectUri,
      days,
      note: notes[id] ?? null,
      tokens: tokens.rows.slice(0, shown),
      sessions: sessions.rows.slice(0, shown),
      handshakes,
    }
  },
)

/** Everything about one connection except its history, which is paged. */
export type ConnectionPage = NonNullable<Awaited<ReturnType<typeof readConnection>>>

/** A page of a connection's history, newest first. */
export const listConnectionHistory = query(
  { role: 'viewer', path },
  async (person, id: string, cursor: string | undefined): Promise<PageOf<HistoryRow>> => {
    return historyOf(person, id, cursor, (userId, email) => email ?? userId)
  },
)
