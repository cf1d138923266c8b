import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'
import type { NewEvent } from '@/lib/events/fields'
import { processWide } from '@/lib/process-wide'

const gatherers = processWide('committed-events', () => new AsyncLocalStorage<NewEvent[]>())

/**
 * The list for events that are written with a change, recorded once it is committed.
 *
 * @throws {TypeError} outside {@link gathering}, where the events would not be recorded
 */
export function gathered(): NewEvent[] {
  const events = gatherers.getStore()
  if (!events) throw new TypeError('events of a change must be written inside "commit"')
  return events
}

/**
 * Runs `work` and reports the events that it committed, even when it fails afterwards. Events of a rolled
 * back transaction are not reported.
 */
export async function gathering<Result>(
  work: () => Promise<Result>,
  describe: (events: readonly NewEvent[]) => void,
): Promise<Result> {
  const events: NewEvent[] = []
  try {
    return await gatherers.run(events, work)
  } finally {
    describe(events)
  }
}
