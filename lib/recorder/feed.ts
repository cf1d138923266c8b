import 'server-only'
import { unlessAway } from '@/lib/store/database/availability'
import { subscribeToChannel } from '@/lib/store/database/notifications'
import {
  type EventFilter,
  eventIdsAfter,
  eventsBetween,
  eventsByIds,
  foldIdsAfter,
  newestEventId,
  type StoredEvent,
} from '@/lib/store/events/events'
import { Waker } from './waker'

/**
 * The live feed. The rows are the truth and a notification only wakes the reader, so a lost one costs a
 * moment and never an event.
 *
 * Ids are assigned when a row is inserted and become visible when its transaction commits, so a lower id
 * can appear after a higher one. A missing id is therefore remembered and queried again until it appears or
 * is too old to come, and the cursor that a reader resumes from never passes it.
 */

const pageSize = 500
/** A transaction ends within 15 s; an older gap was rolled back. */
const gapExpiresMs = 20_000
/** How often to poll without a notification. */
const pollMs = 2000
const gapPollMs = 200
/** How often to read the counts of folds: they are written about as often. */
const foldsReadEveryMs = 1000

/** How many of the newest events may be active folds when a reader starts. */
const foldsLookBack = 5000n
/** The longest that a fold stays active; its last count is written a little later. */
const foldExpiresMs = 12 * 60_000

/**
 * An event and the cursor after it.
 *
 * @property isAgain whether it was sent before, and only its count has grown
 */
type FeedItem = {
  readonly event: StoredEvent
  readonly cursor: string
  readonly isAgain: boolean
}

type Position = {
  after: bigint
  readonly gaps: Map<bigint, number>
  /** folds that may be active, and their last sent counts */
  readonly folds: Map<bigint, number>
  /** milliseconds since the epoch */
  foldsReadAt: number
}

/** @param sent the event just sent, while more of the same batch follow */
const cursorOf = (position: Position, sent = position.after): string => {
  let lowest = position.after
  for (const id of [sent, ...[...position.gaps.keys()].map((gap) => gap - 1n)]) {
    if (id < lowest) lowest = id
  }
  return String(lowest)
}

async function readNew(
  position: Position,
  filter: EventFilter,
  now: number,
): Promise<StoredEvent[]> {
  const late = await eventsByIds({}, [...position.gaps.keys()])
  const arrived = new Set(late.map((event) => event.id))
  const ids = await eventIdsAfter(position.after, pageSize)
  const last = ids.at(-1)
  const fresh = last === undefined ? [] : await eventsBetween(filter, position.after, last)
  const overdue = await eventsByIds(filter, [...arrived])
  // read everything first: after a failure, the next turn begins at the same position
  for (const [id, since] of position.gaps) {
    if (arrived.has(id) || now - since > gapExpiresMs) position.gaps.delete(id)
  }
  if (last === undefined) return overdue
  const present = new Set(ids)
  // a jump of more than a page is a sequence that was reset or restored, not a running transaction
  const firstGap =
    last - position.after > BigInt(pageSize * 2) ? (ids[0] ?? last) : position.after + 1n
  for (let id = firstGap; id < last; id += 1n) if (!present.has(id)) position.gaps.set(id, now)
  position.after = last
  return [...overdue, ...fresh]
}

/** Folds whose counts have grown since they were sent. */
async function readFolds(
  { folds }: Position,
  filter: EventFilter,
  now: number,
): Promise<StoredEvent[]> {
  const events = await eventsByIds(filter, [...folds.keys()])
  return events.filter(({ id, at, count }) => {
    const isMore = count > (folds.get(id) ?? 0)
    if (now - at.getTime() > foldExpiresMs) folds.delete(id)
    else folds.set(id, count)
    return isMore
  })
}

/** One turn of a reader: new events, and older ones whose counts have grown. */
async function readTurn(position: Position, filter: EventFilter) {
  const now = Date.now()
  const events = await readNew(position, filter, now)
  const isDue = now - position.foldsReadAt >= foldsReadEveryMs
  const again = isDue ? await readFolds(position, filter, now) : []
  if (isDue) position.foldsReadAt = now
  for (const { id, fold, count } of events) if (fold !== null) position.folds.set(id, count)
  return { events, again }
}

/** A reader's first position. Its page may show active folds. */
async function positionAt(after: string | null): Promise<Position> {
  const newest = after === null ? await newestEventId() : BigInt(after)
  const folds = after === null ? [] : await foldIdsAfter(newest - foldsLookBack)
  return {
    after: newest,
    gaps: new Map(),
    folds: new Map(folds.map((id) => [id, 1])),
    foldsReadAt: 0,
  }
}

/**
 * Events as they are written, from `after` on. Events may come slightly out of order, and after a resume
 * some come again: a reader sorts by time and drops known ids.
 *
 * @param after a cursor, or `null` to begin now
 */
export async function* followEvents(
  filter: EventFilter,
  after: string | null,
  signal: AbortSignal,
): AsyncGenerator<FeedItem> {
  const position = await positionAt(after)
  const waker = new Waker()
  const unsubscribe = subscribeToChannel('portico_events', waker.wake)
  signal.addEventListener('abort', waker.wake)
  try {
    while (!signal.aborted) {
      const nothing = { events: [], again: [] }
      const { events, again } = await unlessAway(() => readTurn(position, filter), nothing)
      const last = events.at(-1)
      // a reader that leaves mid-batch gets the rest of it later
      for (const event of events) {
        const cursor = cursorOf(position, event === last ? undefined : event.id)
        yield { event, cursor, isAgain: false }
      }
      for (const event of again) yield { event, cursor: cursorOf(position), isAgain: true }
      if (!signal.aborted) await waker.wait(position.gaps.size > 0 ? gapPollMs : pollMs)
    }
  } finally {
    unsubscribe()
    signal.removeEventListener('abort', waker.wake)
  }
}

/**
 * The cursor from which to follow a page that shows rows up to `newest`: a little earlier, for rows whose
 * transaction was still open when the page was read.
 */
export const cursorBehind = (newest: bigint): string => String(newest > 50n ? newest - 50n : 0n)
