import 'server-only'
import { cursorOf, eventStream, sseEvent } from '@/lib/admin/sse'
import { route } from '@/lib/auth/declared'
import { followEvents } from '@/lib/recorder/feed'
import { toEventFilter, toEventRows } from './rows'

/**
 * The live log as server-sent events; `again` for an event whose count has grown. `Last-Event-ID` or
 * `after` is where to resume.
 */
export const logStream = route({ role: 'viewer' }, async (person, request) => {
  const filter = await toEventFilter(person, Object.fromEntries(new URL(request.url).searchParams))
  return eventStream(request, person, 'live log', async (send, signal) => {
    for await (const item of followEvents(filter, cursorOf(request), signal)) {
      // the feed yields the rest of a batch even after an abort
      if (signal.aborted) return
      const [row] = await toEventRows(person, [item.event])
      if (row) await send(sseEvent(item.isAgain ? 'again' : 'log', row, item.cursor))
    }
  })
})
