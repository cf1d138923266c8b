import type { Operator } from '../people/operator'

/** One server-sent event; `id` is the cursor after it. */
export type StreamedEvent = {
  readonly id: string
  readonly event: string
  readonly data: unknown
}

/** A stream as a browser's EventSource reads it. */
export type EventStream = {
  readonly response: Response
  /** all events so far */
  readonly events: StreamedEvent[]
  /** waits until the condition holds for the events */
  until(isDone: (events: readonly StreamedEvent[]) => boolean, timeoutMs?: number): Promise<void>
  /** resolves at the end: whether the server ended it cleanly */
  readonly ended: Promise<boolean>
  close(): Promise<void>
}

const defaultTimeoutMs = 10_000

/** Parses complete events and returns the rest. */
function parse(text: string): { events: StreamedEvent[]; rest: string } {
  const blocks = text.split('\n\n')
  const rest = blocks.pop() ?? ''
  const events = blocks.flatMap((block) => {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
    const data = field('data')
    if (data === undefined) return []
    return [
      { id: field('id') ?? '', event: field('event') ?? '', data: JSON.parse(data) as unknown },
    ]
  })
  return { events, rest }
}

/** Opens a stream of the dashboard. @param lastEventId of an earlier stream, to miss no event */
export async function openEventStream(
  browser: Operator,
  path: string,
  query: Readonly<Record<string, string>> = {},
  lastEventId?: string,
): Promise<EventStream> {
  const leaving = new AbortController()
  const events: StreamedEvent[] = []
  let changed = () => {}
  const response = await browser.open(`${path}?${new URLSearchParams(query)}`, {
    headers: { accept: 'text/event-stream', ...(lastEventId && { 'last-event-id': lastEventId }) },
    signal: leaving.signal,
  })
  const ended = (async () => {
    let rest = ''
    const decoder = new TextDecoder()
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      const parsed = parse(rest + decoder.decode(chunk, { stream: true }))
      rest = parsed.rest
      events.push(...parsed.events)
      changed()
    }
    return true
  })().catch(() => false)
  return {
    response,
    events,
    until: (isDone, timeoutMs = defaultTimeoutMs) =>
      new Promise((resolve, reject) => {
        const onTimeout = () => {
          const last = JSON.stringify(events.slice(-3)).slice(0, 1000)
          reject(new Error(`${path}: timed out after ${events.length} events, the last: ${last}`))
        }
        const late = setTimeout(onTimeout, timeoutMs)
        changed = () => {
          if (!isDone(events)) return
          clearTimeout(late)
          resolve()
        }
        changed()
      }),
    ended,
    close: async () => {
      leaving.abort()
      await ended
    },
  }
}
