import 'server-only'
import { query } from '@/lib/auth/declared'
import type { Person } from '@/lib/auth/session'
import { refreshHealth } from '@/lib/handshake/refresh-health'
import { newestRefreshEvents } from '@/lib/store/events/refreshes'
import { currentSettings } from '@/lib/store/settings/current'
import type { ConnectionRow } from './rows'

const dateOf = (at: number | null | undefined): Date | null =>
  at === null || at === undefined ? null : new Date(at)

/** Notes about the active connections, by id; healthy ones have none. */
export async function refreshNotesOf(_: Person, connections: readonly ConnectionRow[]) {
  const live = connections.filter(({ state }) => state === 'active')
  const events = await newestRefreshEvents(live.map(({ id }) => id))
  const { refreshIdle, refreshMax } = currentSettings().lifetimes
  const now = Date.now()
  const notes = live.flatMap(({ id, createdAt }) => {
    const terms = {
      grantedAt: createdAt.getTime(),
      idleMs: refreshIdle * 1000,
      longestMs: refreshMax * 1000,
      revokedAt: null,
    }
    const health = refreshHealth(events.get(id) ?? [], terms, now)
    const { missed, races, diesAt, diesOf } = health
    const state =
      health.state === 'refresh missing' || health.state === 'dying' ? health.state : 'well'
    if (state === 'well' && races.length === 0) return []
    // since when a refresh is overdue, and how many raced another one and got the same successor
    const missingSince = dateOf(missed.find(({ cameAt }) => cameAt === null)?.dueAt)
    const note = { state, missingSince, diesAt: dateOf(diesAt), diesOf, races: races.length }
    return [[id, note] as const]
  })
  return Object.fromEntries(notes)
}

/** Anomalies in the refreshes of a connection. */
export type RefreshNote = Readonly<Awaited<ReturnType<typeof refreshNotesOf>>[string]>

/** The same, for a page that has already read the connections. */
export const readRefreshNotes = query(
  { role: 'viewer', path: '/admin/connections' },
  refreshNotesOf,
)
