import type { StreamState } from './stream-states'

/** One message of a stream: its event's name, and its data. */
export type StreamMessage = { readonly event: string; readonly data: unknown }

const RETRY_MS = [1000, 2000, 5000, 10_000, 20_000]
const TRIES_UNTIL_DOWN = 3
const FLUSH_MS = 120
/** The server sends a heartbeat every 15 s; after more than two without one the stream is dead. */
const SILENT_MS = 35_000
const WATCH_MS = 5000

/** Signed out, disabled, or without the role that the page needs. */
const FORBIDDEN = [401, 403, 404]

/**
 * Whether the server refuses the stream to the current user: EventSource does not expose
 * why it failed.
 */
async function isForbidden(url: string): Promise<boolean> {
  const leaving = new AbortController()
  const headers = { accept: 'text/event-stream' }
  const answer = await fetch(url, { headers, signal: leaving.signal }).catch(() => null)
  leaving.abort()
  return answer !== null && FORBIDDEN.includes(answer.status)
}

/** Callbacks for messages and for the state of the stream. */
export type Hooks = {
  readonly onMessages: (messages: readonly StreamMessage[]) => void
  readonly onState: (state: StreamState) => void
}

/** Collects messages and passes them on in batches, a few times a second. */
function batching(onMessages: Hooks['onMessages']) {
  let messages: StreamMessage[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    timer = undefined
    onMessages(messages)
    messages = []
  }
  return {
    add(message: StreamMessage) {
      messages.push(message)
      timer ??= setTimeout(flush, FLUSH_MS)
    },
    stop: () => clearTimeout(timer),
  }
}

/**
 * Follows a stream from `after` on. The browser reconnects by itself while it can; when it gives
 * up, because a response was not a stream, this reconnects from the last
 * message seen. @returns a function that ends it
 */
export function follow(
  urlAfter: (cursor: string) => string,
  after: string,
  events: readonly string[],
  hooks: Hooks,
): () => void {
  let cursor = after
  let failures = 0
  let lastSeenAt = Date.now()
  let source: EventSource
  let retry: ReturnType<typeof setTimeout> | undefined
  let isStopped = false
  const batch = batching(hooks.onMessages)

  // The reloaded page shows what the current user may see: usually the sign-in page.
  function leave() {
    if (isStopped) return
    stop()
    hooks.onState('down')
    window.location.reload()
  }
  function open() {
    source = new EventSource(urlAfter(cursor))
    lastSeenAt = Date.now()
    const markSeen = () => {
      lastSeenAt = Date.now()
    }
    source.addEventListener('beat', markSeen)
    source.addEventListener('hello', () => {
      markSeen()
      failures = 0
      hooks.onState('live')
    })
    source.addEventListener('over', leave)
    for (const event of events) {
      source.addEventListener(event, (message) => {
        markSeen()
        cursor = message.lastEventId || cursor
        batch.add({ event, data: JSON.parse(message.data) })
      })
    }
    source.onerror = () => {
      failures += 1
      hooks.onState(failures >= TRIES_UNTIL_DOWN ? 'down' : 'reconnecting')
      if (source.readyState !== EventSource.CLOSED) return
      retry = setTimeout(reconnect, RETRY_MS[Math.min(failures, RETRY_MS.length) - 1])
    }
  }
  async function reconnect() {
    const before = source
    const forbidden = await isForbidden(urlAfter(cursor))
    // the page was left meanwhile, or the stream reconnected
    if (isStopped || source !== before) return
    if (forbidden) leave()
    else open()
  }
  function reopen() {
    clearTimeout(retry)
    source.close()
    open()
  }

  // A stream can die silently, as when a laptop sleeps: the browser would keep it open for long.
  const watch = setInterval(() => {
    if (source.readyState !== EventSource.OPEN || Date.now() - lastSeenAt < SILENT_MS) return
    hooks.onState('reconnecting')
    reopen()
  }, WATCH_MS)

  function stop() {
    isStopped = true
    clearInterval(watch)
    for (const event of moved) window.removeEventListener(event, reopen)
    clearTimeout(retry)
    batch.stop()
    source.close()
  }

  open()
  const moved = ['online', 'offline']
  for (const event of moved) window.addEventListener(event, reopen)
  return stop
}
