import 'server-only'
import { historyOf } from '@/lib/admin/account/history'
import { query } from '@/lib/auth/declared'
import { callsByDay, callsLately } from '@/lib/store/grant-days'
import { findGrant } from '@/lib/store/grant-list'
import { handshakesOfGrant } from '@/lib/store/handshakes'
import { toConnectionRow } from './connection-rows'
import { refreshNotesOf } from './connections-health'
import type { ConnectionPage, HistoryRow } from './record-views'
import { sessionsFor } from './sessions'
import { tokensFor } from './tokens'
import type { PageOf } from './views'

const path = '/admin/connections'

/** How many of each kind stand on the page; the lists have the rest. */
const shown = 6

/** One connection and what belongs to it, or `null`. */
export const readConnection = query(
  { role: 'viewer', path: (id: string) => `${path}/${encodeURIComponent(id)}` },
  async (person, id): Promise<ConnectionPage | null> => {
    const now = new Date()
    const grant = await findGrant(id)
    if (!grant) return null
    const [calls, days, tokens, sessions, handshakes] = await Promise.all([
      callsLately([id], now),
      callsByDay(id, now),
      tokensFor(person, { grant: id }),
      sessionsFor(person, { grant: id }),
      handshakesOfGrant(id, shown),
    ])
    const connection = toConnectionRow(grant, calls)
    const notes = await refreshNotesOf(person, [connection])
    return {
      connection,
      resource: grant.resource,
      redirectUri: grant.redirectUri,
      days: days.map(({ day, calls: count }) => ({ day: day.toISOString(), calls: count })),
      note: notes[id] ?? null,
      tokens: tokens.rows.slice(0, shown),
      sessions: sessions.rows.slice(0, shown),
      handshakes: handshakes.map(({ id: handshakeId, surface, verdict, startedAt }) => {
        return { id: handshakeId, surface, verdict, startedAt: startedAt.toISOString() }
      }),
    }
  },
)

/** A page of what happened to a connection, newest first, in the words of events. */
export const listConnectionHistory = query(
  { role: 'viewer', path },
  async (person, id: string, cursor: string | undefined): Promise<PageOf<HistoryRow>> => {
    return historyOf(person, id, cursor, (userId, email) => email ?? userId)
  },
)
