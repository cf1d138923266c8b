import 'server-only'
import { isEventName } from '@/lib/events/catalogue'
import { prisma } from '@/lib/store/database/database'
import {
  type EventFilter,
  eventIdsAfter,
  newestEventId,
  newestEvents,
  type StoredEvent,
} from './events'

/**
 * A filter that no index supports would read the whole log. Such a search reads windows of ids from the
 * newest down until it has a page or its time is up, and returns how far it came.
 */

/** How long a search runs, in milliseconds; the current window is finished after that. */
const budgetMs = 45
const firstWindow = 4000
const smallestWindow = 1000
/** A window is at most this many times as large as the one before. */
const growth = 8

/** The events found, and the id down to which it searched when there may be more below. */
type EventSearch = {
  readonly events: readonly StoredEvent[]
  readonly lookedTo: bigint | null
}

/** Whether one index finds the rows in order: no filter, or a single exact id or name. */
function isIndexed({ exceptAgent: _, ...filter }: EventFilter): boolean {
  const { text, outcome, address, path, repeated, name, clientId, grantId, userId } = filter
  if (text || outcome || address || path || repeated || (name && !isEventName(name))) return false
  return [name, clientId, grantId, userId].filter(Boolean).length <= 1
}

/** As many ids as the remaining time allows, by what the last window took. */
function nextWindow(size: number, tookMs: number, leftMs: number): number {
  const affordable = (size / Math.max(tookMs, 0.5)) * leftMs
  return Math.round(Math.max(smallestWindow, Math.min(size * growth, affordable)))
}

/** Up to `limit` matching events, newest first, in bounded time. @param before only smaller ids */
export async function searchEvents(
  filter: EventFilter,
  limit: number,
  before?: bigint,
): Promise<EventSearch> {
  if (isIndexed(filter)) {
    return { events: await newestEvents(filter, limit, before), lookedTo: null }
  }
  const until = performance.now() + budgetMs
  const [oldest = 0n] = await eventIdsAfter(0n, 1)
  let upper = before ?? (await newestEventId()) + 1n
  let size = firstWindow
  const events: StoredEvent[] = []
  for (let since = performance.now(); upper > oldest; since = performance.now()) {
    const lower = upper - BigInt(size)
    events.push(...(await newestEvents(filter, limit - events.length, upper, lower)))
    if (events.length >= limit) return { events, lookedTo: null }
    upper = lower
    const now = performance.now()
    if (now >= until) break
    size = nextWindow(size, now - since, until - now)
  }
  return { events, lookedTo: upper > oldest ? upper : null }
}

/** When the first event with this id or a greater one happened. */
export async function timeOfEvent(from: bigint): Promise<Date | null> {
  const event = await (await prisma()).event.findFirst({
    where: { id: { gte: from } },
    orderBy: { id: 'asc' },
    select: { at: true },
  })
  return event?.at ?? null
}
