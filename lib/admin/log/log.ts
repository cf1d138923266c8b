import 'server-only'
import { downloadable } from '@/lib/admin/exports'
import { addressOf, cursorAfter, toPage, trailOf } from '@/lib/admin/paging'
import type { LogPage, LogQuery } from '@/lib/admin/views'
import { query } from '@/lib/auth/declared'
import { cursorBehind } from '@/lib/recorder/feed'
import { flushEvents } from '@/lib/recorder/queue'
import { newestEventId } from '@/lib/store/events/events'
import { searchEvents, timeOfEvent } from '@/lib/store/events/search'
import { toEventFilter, toEventRows } from './rows'

const logPageSize = 100

/** A page of the log, newest first, with the cursor for the live stream. */
export const listEvents = downloadable(
  'log',
  query(
    { role: 'viewer', path: addressOf('/admin/log') },
    async (person, query: LogQuery): Promise<LogPage> => {
      // writes this instance's pending events, so that the page includes them
      await flushEvents()
      const cursor = cursorBehind(await newestEventId())
      const trail = trailOf(query.cursor)
      const mark = trail.at(-1)
      const before = mark && /^\d{1,18}$/.test(mark) ? BigInt(mark) : undefined
      const filter = await toEventFilter(person, query)
      const { events, lookedTo } = await searchEvents(filter, logPageSize + 1, before)
      const { next, previous } = toPage(events, trail, ({ id }) => String(id), logPageSize)
      const rows = await toEventRows(person, events.slice(0, logPageSize))
      if (lookedTo === null) return { rows, next, previous, cursor, lookedBackTo: null }
      const lookedBackTo = (await timeOfEvent(lookedTo))?.toISOString() ?? null
      return { rows, next: cursorAfter(trail, String(lookedTo)), previous, cursor, lookedBackTo }
    },
  ),
)
