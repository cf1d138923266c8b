import 'server-only'
import { currentOperator, includesRole } from '@/lib/auth/session'
import { followEvents } from '@/lib/events/feed'
import { json } from '@/lib/http/responses'
import { stopping } from '@/lib/stopping'
import { toEventFilter, toEventRows } from './event-rows'

const keepAliveMs = 15_000
const encoder = new TextEncoder()

const cursorIn = (request: Request): string | null => {
  // a reconnecting EventSource says where it was; the address still says where it began
  const after =
    request.headers.get('last-event-id') ?? new URL(request.url).searchParams.get('after')
  return after && /^\d{1,18}$/.test(after) ? after : null
}

async function pump(
  controller: ReadableStreamDefaultController<Uint8Array>,
  request: Request,
  signal: AbortSignal,
): Promise<void> {
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const send = (text: string) => controller.enqueue(encoder.encode(text))
  send(`retry: 1000\nevent: hello\ndata: {}\n\n`)
  const keepAlive = setInterval(() => send(': keep-alive\n\n'), keepAliveMs)
  try {
    for await (const item of followEvents(toEventFilter(query), cursorIn(request), signal)) {
      const [row] = await toEventRows([item.event])
      if (row) send(`id: ${item.cursor}\nevent: log\ndata: ${JSON.stringify(row)}\n\n`)
    }
  } finally {
    clearInterval(keepAlive)
  }
}

/** The live log as server-sent events; `Last-Event-ID` or `after` says where to go on. */
export async function logStream(request: Request): Promise<Response> {
  const operator = await currentOperator()
  if (!operator || !includesRole(operator.role, 'viewer'))
    return json({ error: 'unauthorized' }, 401)
  const gone = new AbortController()
  const signal = AbortSignal.any([request.signal, stopping, gone.signal])
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      pump(controller, request, signal)
        .catch((error) => {
          if (!signal.aborted) console.error('live log:', error)
        })
        .finally(() => {
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
