import 'server-only'
import { includesRole, type Person } from '@/lib/auth/session'
import { processWide } from '@/lib/process-wide'
import { complain } from '@/lib/store/database/availability'
import { subscribe } from '@/lib/store/database/notifications'
import { standingSessions } from '@/lib/store/people/sessions'

/**
 * Whether those who follow something may still read it. A session that ends, a person who is disabled
 * and a role that changes are told of at once, to every instance; since a notification can be lost, and
 * a session runs out without one, it is looked all the same.
 */

const lookEveryMs = 10_000

type Watched = { readonly follower: Person; readonly end: () => void }
type Watch = { readonly watched: Set<Watched>; isStarted: boolean }

const watch = processWide('standing', (): Watch => ({ watched: new Set(), isStarted: false }))

/** Ends what may not be read any more. @param userId whose; everybody's where it is empty */
async function look(userId: string): Promise<void> {
  const concerned = [...watch.watched].filter(
    ({ follower }) => userId === '' || follower.id === userId,
  )
  if (concerned.length === 0) return
  const ids = new Set(concerned.map(({ follower }) => follower.sessionId))
  const standing = await standingSessions([...ids], new Date())
  const roles = new Map(standing.map(({ id, role }) => [id, role]))
  for (const { follower, end } of concerned) {
    const role = roles.get(follower.sessionId)
    if (!role || !includesRole(role, follower.needed)) end()
  }
}

const lookAt = (userId: string): void =>
  void look(userId).catch((error) => complain('live pages', error))

function start(): void {
  if (watch.isStarted) return
  watch.isStarted = true
  subscribe('portico_people', lookAt)
  setInterval(() => lookAt(''), lookEveryMs).unref()
}

/**
 * Calls `end` as soon as somebody may not go on to read: their session is over, they were disabled, or
 * their role does not include what is needed any more. While the database is away nothing of it can
 * change.
 *
 * @returns ends the watch
 */
export function watchAccess(follower: Person, end: () => void): () => void {
  start()
  const watched = { follower, end }
  watch.watched.add(watched)
  return () => void watch.watched.delete(watched)
}
