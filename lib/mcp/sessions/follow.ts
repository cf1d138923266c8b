import 'server-only'
import { type Push, pushedBody } from '@/lib/http/pushed-body'
import { processWide } from '@/lib/process-wide'
import { logFailure, unlessAway } from '@/lib/store/database/availability'
import { isListening, subscribeToChannel } from '@/lib/store/database/notifications'
import { standaloneStream, streamEventsAfter } from '@/lib/store/mcp/streams'
import { type EventPlace, eventIdOf } from './event-ids'

type Hub = { readonly waiters: Map<string, Set<() => void>>; isSubscribed: boolean }

const hub = processWide('mcp-wake', (): Hub => ({ waiters: new Map(), isSubscribed: false }))

/** How often to poll the rows while notifications do not arrive. */
const lostMs = 500

function wake(payload: string): void {
  const ids = payload === '' ? [...hub.waiters.keys()] : payload.split(',')
  for (const id of ids) for (const wakeUp of hub.waiters.get(id) ?? []) wakeUp()
}

/**
 * Subscribes to the events of a session's streams; the signal wakes it, too. A wake-up between two
 * calls of `sleep` is not lost.
 */
function eventWaiter(sessionId: string, signal: AbortSignal) {
  if (!hub.isSubscribed) {
    hub.isSubscribed = true
    subscribeToChannel('portico_streams', wake)
  }
  let isPending = false
  let resume = () => {}
  const wakeUp = () => {
    isPending = true
    resume()
  }
  const others = hub.waiters.get(sessionId) ?? new Set()
  hub.waiters.set(sessionId, others.add(wakeUp))
  signal.addEventListener('abort', wakeUp)
  return {
    /** resolves when there may be new events, and after `ms` at the latest */
    sleep: async (ms: number) => {
      if (!isPending) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, isListening() ? ms : Math.min(ms, lostMs))
          resume = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      isPending = false
    },
    close: () => {
      signal.removeEventListener('abort', wakeUp)
      others.delete(wakeUp)
      if (others.size === 0) hub.waiters.delete(sessionId)
    },
  }
}

const pageSize = 100
const keepAliveMs = 15_000
/**
 * Notifications can be lost, so the rows are also polled: at this interval while an answer is due,
 * otherwise with each keep-alive.
 */
const pollMs = 1000
/** The stream of a POST does not outlive its tool: after this silence, the instance that ran it is gone. */
export const longestSilenceMs = 300_000
/** How long a client waits before it reconnects (`retry`, SSE). */
const retryMs = 1000

type Followed = EventPlace & {
  readonly sessionId: string
  /** whether the client accepts an event without data, which gives it an id to resume from (2025-11-25) */
  readonly isPrimed: boolean
  /** receives a function that sends a message without storing it */
  readonly onOpen?: (push: (message: object) => void) => void
  /** called once, when the stream has ended for any reason */
  readonly onEnd: () => void
}

const messageFrame = (id: string, data: string): string =>
  `event: message\nid: ${id}\ndata: ${data}\n\n`

/** Sends a page of stored events. @returns the last event sent, and whether there may be more */
async function sendPage({ sessionId, streamId }: Followed, after: bigint, send: Push) {
  const events = await streamEventsAfter(sessionId, streamId, after, pageSize)
  for (const event of events) {
    const id = eventIdOf({ streamId, position: event.position })
    if (event.message !== null) await send(messageFrame(id, event.message))
  }
  return { last: events.at(-1), hasMore: events.length === pageSize }
}

async function pump(followed: Followed, send: Push, signal: AbortSignal): Promise<void> {
  const { sessionId, streamId } = followed
  const waiter = eventWaiter(sessionId, signal)
  const isStandalone = streamId === standaloneStream
  let { position } = followed
  let eventAt = Date.now()
  let sentAt = eventAt
  try {
    while (!signal.aborted) {
      const sent = await unlessAway(() => sendPage(followed, position, send), null)
      if (sent?.last) {
        const { last } = sent
        position = last.position
        eventAt = Date.now()
        sentAt = eventAt
        if (last.final) return
      }
      if (sent?.hasMore) continue
      if (!isStandalone && Date.now() - eventAt > longestSilenceMs) return
      if (Date.now() - sentAt >= keepAliveMs) {
        await send(': keepalive\n\n')
        sentAt = Date.now()
      }
      // a timer may fire a millisecond early, and a wake-up may come at any time
      const dueMs = Math.max(1, sentAt + keepAliveMs - Date.now())
      await waiter.sleep(isStandalone ? dueMs : Math.min(dueMs, pollMs))
    }
  } finally {
    waiter.close()
  }
}

/**
 * Streams a session's events from the rows: those after a position, then new ones, from any instance.
 * It ends with the stream's last event or at the signal.
 */
export function followStream(followed: Followed, signal: AbortSignal): ReadableStream<Uint8Array> {
  const { isPrimed, onOpen, onEnd } = followed
  return pushedBody(signal, async (send, over) => {
    try {
      if (isPrimed) await send(`id: ${eventIdOf(followed)}\nretry: ${retryMs}\ndata: \n\n`)
      onOpen?.((message) => void send(`event: message\ndata: ${JSON.stringify(message)}\n\n`))
      await pump(followed, send, over)
    } catch (error) {
      logFailure('mcp stream', error)
    } finally {
      onEnd()
    }
  })
}
