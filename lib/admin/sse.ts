import 'server-only'
import { streamLimit } from '@/lib/runtime/stream-limit'
import { stopping } from '@/lib/stopping'
import { complain } from '@/lib/store/availability'

/** How often a reader hears that the stream is alive; the browser's side knows it too. */
const beatMs = 15_000
const encoder = new TextEncoder()

/** Sends one server-sent event. */
export type Send = (text: string) => void

/** One server-sent event. @param id where a reader goes on after it */
export const sseEvent = (event: string, data: unknown, id?: string): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`

/** Where a reader goes on: a reconnecting EventSource says it, its address still says where it began. */
export function cursorOf(request: Request): string | null {
  const after =
    request.headers.get('last-event-id') ?? new URL(request.url).searchParams.get('after')
  return after && /^\d{1,18}$/.test(after) ? after : null
}

/**
 * Server-sent events for as long as the reader stays and the server runs.
 *
 * @param pump sends until `signal` is aborted
 * @param what it is, for the console
 */
export function eventStream(
  request: Request,
  what: string,
  pump: (send: Send, signal: AbortSignal) => Promise<void>,
): Response {
  const gone = new AbortController()
  const signal = AbortSignal.any([request.signal, stopping, gone.signal, ...streamLimit()])
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send: Send = (text) => controller.enqueue(encoder.encode(text))
      send(`retry: 1000\n${sseEvent('hello', {})}`)
      // not a comment: a page is never told of those, and could not tell silence from a dead line
      const keepAlive = setInterval(() => send(sseEvent('beat', {})), beatMs)
      pump(send, signal)
        .catch((error) => {
          if (!signal.aborted) complain(what, error)
        })
        .finally(() => {
          clearInterval(keepAlive)
          try {
            controller.close()
          } catch {
            // the reader closed it first
          }
        })
    },
    cancel: () => gone.abort(),
  })
  return new Response(body, {
    headers: {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-cache, no-transform',
      'X-Accel-Buffering': 'no',
    },
  })
}
