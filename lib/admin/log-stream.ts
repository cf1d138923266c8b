import 'server-only'
import { currentFollower } from '@/lib/auth/session'
import { followEvents } from '@/lib/events/feed'
import { json } from '@/lib/http/responses'
import { toEventFilter, toEventRows } from './event-rows'
import { cursorOf, eventStream, sseEvent } from './sse'

/**
 * The live log as server-sent events, `again` for one that counts more by now; `Last-Event-ID` or
 * `after` says where to go on.
 */
export async function logStream(request: Request): Promise<Response> {
  const follower = await currentFollower('viewer')
  if (!follower) return json({ error: 'unauthorized' }, 401)
  const filter = await toEventFilter(Object.fromEntries(new URL(request.url).searchParams))
  return eventStream(request, follower, 'live log', async (send, signal) => {
    for await (const item of followEvents(filter, cursorOf(request), signal)) {
      // the rest of a batch comes all the same
      if (signal.aborted) return
      const [row] = await toEventRows([item.event])
      if (row) await send(sseEvent(item.isAgain ? 'again' : 'log', row, item.cursor))
    }
  })
}
