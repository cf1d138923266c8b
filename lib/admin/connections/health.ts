import 'server-only'
import { query } from '@/lib/auth/declared'
import type { Person } from '@/lib/auth/session'
import { refreshHealth } from '@/lib/handshake/refresh-health'
import { newestRefreshEvents } from '@/lib/store/events/refreshes'
import { settings } from '@/lib/store/settings/current'
import type { ConnectionRow } from './rows'

/** Anomalies in the refreshes of a connection. */
export type RefreshNote = {
  readonly state: 'refresh missing' | 'dying' | 'well'
  /** since when a refresh is overdue */
  readonly missingSince: Date | null
  readonly diesAt: Date | null
  readonly diesOf: 'not being used' | 'its longest life' | null
  /** recent refreshes that raced another one and got the same successor */
  readonly races: number
}

const dateOf = (at: number | null | undefined): Date | null =>
  at === null || at === undefined ? null : new Date(at)

/** Notes about the active connections, by id; healthy ones have none. */
export async function refreshNotesOf(
  _: Person,
  connections: readonly ConnectionRow[],
): Promise<Readonly<Record<string, RefreshNote>>> {
  const live = connections.filter(({ state }) => state === 'active')
  const events = await newestRefreshEvents(live.map(({ id }) => id))
  const { refreshIdle, refreshMax } = settings().lifetimes
  const now = Date.now()
  const notes: Record<string, RefreshNote> = {}
  for (const { id, createdAt } of live) {
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
    if (state === 'well' && races.length === 0) continue
    const missingSince = dateOf(missed.find(({ cameAt }) => cameAt === null)?.dueAt)
    notes[id] = { state, missingSince, diesAt: dateOf(diesAt), diesOf, races: races.length }
  }
  return notes
}

/** The same, for a page that has already read the connections. */
export const readRefreshNotes = query(
  { role: 'viewer', path: '/admin/connections' },
  refreshNotesOf,
)
