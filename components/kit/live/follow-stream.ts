import type { StreamState } from './stream-states'

/** One message of a stream: the name of its event, and its data. */
export type Message = { readonly event: string; readonly data: unknown }

const RETRY_MS = [1000, 2000, 5000, 10_000, 20_000]
const TRIES_UNTIL_DOWN = 3
const FLUSH_MS = 120
/** The server is heard every 15 s; a line that is silent for longer than twice that is dead. */
const SILENT_MS = 35_000
const WATCH_MS = 5000

/** Signed out, disabled, or with a role that does not include the page any more. */
const BARRED = [401, 403, 404]

/**
 * Whether the server refuses the stream to whoever is signed in by now: the browser does not tell why
 * a stream could not be had.
 */
async function isBarred(url: string): Promise<boolean> {
  const leaving = new AbortController()
  const headers = { accept: 'text/event-stream' }
  const answer = await fetch(url, { headers, signal: leaving.signal }).catch(() => null)
  leaving.abort()
  return answer !== null && BARRED.includes(answer.status)
}

/** What is done with what comes, and with how the stream is. */
export type Hooks = {
  readonly onMessages: (messages: readonly Message[]) => void
  readonly onState: (state: StreamState) => void
}

/** Collects single messages and hands them on a few times a second, however many there are. */
function batching(onMessages: Hooks['onMessages']) {
  let messages: Message[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    timer = undefined
    onMessages(messages)
    messages = []
  }
  return {
    add(message: Message) {
      messages.push(message)
      timer ??= setTimeout(flush, FLUSH_MS)
    },
    stop: () => clearTimeout(timer),
  }
}

/**
 * Follows a stream from `after` on. The browser reconnects by itself while the server can be
 * reached; where it gives up, because an answer was not a stream, this starts over from the last
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
  let heardAt = Date.now()
  let source: EventSource
  let retry: ReturnType<typeof setTimeout> | undefined
  let isOver = false
  const batch = batching(hooks.onMessages)

  // The page says itself what there is for whoever is signed in by now: mostly, the way to sign in.
  function leave() {
    if (isOver) return
    stop()
    hooks.onState('down')
    window.location.reload()
  }
  function open() {
    source = new EventSource(urlAfter(cursor))
    heardAt = Date.now()
    const hear = () => {
      heardAt = Date.now()
    }
    source.addEventListener('beat', hear)
    source.addEventListener('hello', () => {
      hear()
      failures = 0
      hooks.onState('live')
    })
    source.addEventListener('over', leave)
    for (const event of events) {
      source.addEventListener(event, (message) => {
        hear()
        cursor = message.lastEventId || cursor
        batch.add({ event, data: JSON.parse(message.data) })
      })
    }
    source.onerror = () => {
      failures += 1
      hooks.onState(failures >= TRIES_UNTIL_DOWN ? 'down' : 'reconnecting')
      if (source.readyState !== EventSource.CLOSED) return
      retry = setTimeout(tryAgain, RETRY_MS[Math.min(failures, RETRY_MS.length) - 1])
    }
  }
  async function tryAgain() {
    const before = source
    const barred = await isBarred(urlAfter(cursor))
    // meanwhile the page was left, or the line came back
    if (isOver || source !== before) return
    if (barred) leave()
    else open()
  }
  function reopen() {
    clearTimeout(retry)
    source.close()
    open()
  }

  // A line can die without a word, as when a laptop slept: the browser would call it open for long.
  const watch = setInterval(() => {
    if (source.readyState !== EventSource.OPEN || Date.now() - heardAt < SILENT_MS) return
    hooks.onState('reconnecting')
    reopen()
  }, WATCH_MS)

  function stop() {
    isOver = true
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
