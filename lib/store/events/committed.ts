import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'
import type { NewEvent } from '@/lib/events/fields'
import { processWide } from '@/lib/process-wide'

const gatherers = processWide('committed-events', () => new AsyncLocalStorage<NewEvent[]>())

/**
 * Where the events go that are written with a change, once it is committed.
 *
 * @throws {TypeError} where nobody gathers them, and so nobody would be told
 */
export function gathered(): NewEvent[] {
  const events = gatherers.getStore()
  if (!events) throw new TypeError('events are written with a change by way of "commit" alone')
  return events
}

/**
 * Does work and tells of the events that it has committed, also where it failed after that. Nothing is
 * told of what a transaction undid.
 */
export async function gathering<Result>(
  work: () => Promise<Result>,
  tell: (events: readonly NewEvent[]) => void,
): Promise<Result> {
  const events: NewEvent[] = []
  try {
    return await gatherers.run(events, work)
  } finally {
    tell(events)
  }
}
