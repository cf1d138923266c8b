import 'server-only'
import { env } from '@/lib/config/env'
import { unlessAway } from '@/lib/store/database/availability'
import { subscribeToChannel } from '@/lib/store/database/notifications'
import {
  changedHandshakes,
  type ListedHandshake,
  matchingHandshakes,
  newestChange,
} from '@/lib/store/handshakes/handshakes'
import { joinNow } from './joiner'
import { Waker } from './waker'

/**
 * Handshakes as they change. The rows are the truth and a notification only wakes the reader. The cursor is
 * the time of the change by the database's clock: one instance joins at a time, so that later changes are
 * never seen before earlier ones.
 */

const pageSize = 200
/** How often to poll without a notification. */
const pollMs = 2000

/** Changed handshakes, and the cursor to continue from. */
export type Changes = {
  readonly changed: readonly ListedHandshake[]
  /** ids of deleted handshakes: a late event moved their events to another one */
  readonly gone: readonly string[]
  readonly cursor: string
}

/** Which of the seen handshakes no longer exist. */
async function deletedOf(seen: Set<string>, rows: readonly ListedHandshake[]): Promise<string[]> {
  for (const { id } of rows) seen.delete(id)
  const ids = [...seen]
  seen.clear()
  if (ids.length === 0) return []
  const there = await matchingHandshakes({}, ids)
  return ids.filter((id) => !there.has(id))
}

const markOf = ({ id, changedAt }: ListedHandshake): string => `${id} ${changedAt.getTime()}`

/** Changes from a cursor on; after a resume some come again. @param after `null` to begin now */
export async function* followHandshakes(
  after: string | null,
  signal: AbortSignal,
): AsyncGenerator<Changes> {
  let since = after === null ? await newestChange() : new Date(Number(after))
  let sent = new Set<string>()
  const waker = new Waker()
  const seen = new Set<string>()
  const unsubscribe = subscribeToChannel('portico_handshakes', (id) => {
    if (id !== '') seen.add(id)
    waker.wake()
  })
  signal.addEventListener('abort', waker.wake)
  try {
    while (!signal.aborted) {
      // on serverless no joiner runs
      if (env().isServerless) await joinNow()
      const limit = pageSize + sent.size
      const rows = await unlessAway(() => changedHandshakes(since, limit), [])
      const changed = rows.filter((row) => !sent.has(markOf(row)))
      const gone = await deletedOf(seen, rows)
      const last = changed.at(-1)
      if (last) {
        // more changes of the same millisecond may still come
        sent = new Set(rows.filter(({ changedAt }) => +changedAt === +last.changedAt).map(markOf))
        since = last.changedAt
      }
      if (last || gone.length > 0) yield { changed, gone, cursor: String(since.getTime()) }
      else if (!signal.aborted) await waker.wait(pollMs)
    }
  } finally {
    unsubscribe()
    signal.removeEventListener('abort', waker.wake)
  }
}
