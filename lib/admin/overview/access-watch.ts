import 'server-only'
import { includesRole, type Person } from '@/lib/auth/session'
import { processWide } from '@/lib/process-wide'
import { logFailure } from '@/lib/store/database/availability'
import { subscribeToChannel } from '@/lib/store/database/notifications'
import { validSessions } from '@/lib/store/people/sessions'

/**
 * Watches whether the readers of live pages may still read them. Every instance is notified at once when
 * a session ends, a person is disabled or a role changes. Notifications can be lost, and sessions expire
 * without one, so it also polls.
 */

const pollMs = 10_000

type Watched = { readonly follower: Person; readonly end: () => void }
type Watch = { readonly watched: Set<Watched>; isStarted: boolean }

const watch = processWide('standing', (): Watch => ({ watched: new Set(), isStarted: false }))

/** Ends the streams that may no longer be read. @param userId whose; all when empty */
async function endUnauthorized(userId: string): Promise<void> {
  const concerned = [...watch.watched].filter(
    ({ follower }) => userId === '' || follower.id === userId,
  )
  if (concerned.length === 0) return
  const ids = new Set(concerned.map(({ follower }) => follower.sessionId))
  const standing = await validSessions([...ids], new Date())
  const roles = new Map(standing.map(({ id, role }) => [id, role]))
  for (const { follower, end } of concerned) {
    const role = roles.get(follower.sessionId)
    if (!role || !includesRole(role, follower.needed)) end()
  }
}

const checkSoon = (userId: string): void =>
  void endUnauthorized(userId).catch((error) => logFailure('live pages', error))

function start(): void {
  if (watch.isStarted) return
  watch.isStarted = true
  subscribeToChannel('portico_people', checkSoon)
  setInterval(() => checkSoon(''), pollMs).unref()
}

/**
 * Calls `end` as soon as a reader loses access: their session has ended, they were disabled, or their
 * role no longer includes the required one. None of this can change while the database is unavailable.
 *
 * @returns ends the watch
 */
export function watchAccess(follower: Person, end: () => void): () => void {
  start()
  const watched = { follower, end }
  watch.watched.add(watched)
  return () => void watch.watched.delete(watched)
}
