import 'server-only'
import { isBodyProblem, readText } from '@/lib/http/body'
import { bodyLimit } from '@/lib/http/body-limit'
import { ExcessiveJsonError, parseJson } from '@/lib/http/json'
import type { Caller } from '@/lib/mcp/caller'
import { mostInBatch } from '@/lib/mcp/limits'
import { type Full, takeSeat } from '@/lib/mcp/open-limits'
import { rpcError } from '@/lib/mcp/rpc-error'
import { processWide } from '@/lib/process-wide'
import { type Reason, reasonWords } from '@/lib/reasons'
import { record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'

/** Streams end with their token at the latest, and answers much sooner. */
const retryAfterSeconds = 30
/** A refused client keeps retrying: one event per interval, with a count. */
const recordEveryMs = 60_000
const mostKeys = 1000

type Run = { readonly recordedAt: number; skipped: number }

const runs = processWide('mcp-full-runs', () => new Map<string, Run>())

/** How many refusals the next event counts; `null` when this one gets no event of its own. */
function timesToRecord(key: string, now: number): number | null {
  const run = runs.get(key)
  if (run && now - run.recordedAt < recordEveryMs) {
    run.skipped += 1
    return null
  }
  runs.delete(key)
  if (runs.size >= mostKeys) runs.delete(runs.keys().next().value ?? '')
  runs.set(key, { recordedAt: now, skipped: 0 })
  return (run?.skipped ?? 0) + 1
}

/** RFC 6585 §4, as JSON-RPC; 503 when the server's own limit is reached. */
export function refuseFull(full: Full, exchange: Exchange): Response {
  const status = full.of === 'server' ? 503 : 429
  const reason = { kind: 'too-many-open', what: full.opened, of: full.of } as const
  const { grantId, userId } = exchange.ids
  const key = { connection: grantId, person: userId, server: '' }[full.of]
  const times = timesToRecord(`${full.opened} ${full.of} ${key}`, exchange.startedAt.getTime())
  if (times === null) exchange.recorded += 1
  else record(exchange, 'mcp.refused', status, { reason, ...(times > 1 ? { times } : {}) })
  const response = rpcError(
    status,
    -32000,
    `${reasonWords(reason)}; try again in ${retryAfterSeconds} s`,
  )
  response.headers.set('Retry-After', String(retryAfterSeconds))
  return response
}

/** A message as sent and as parsed; `body` is `undefined` when it is not JSON, which the SDK answers. */
export type Message = { readonly text: string; readonly body: unknown }

/** JSON-RPC 2.0 §5.1. */
function refuse(code: -32600 | -32700, reason: Reason, exchange: Exchange): Response {
  record(exchange, 'mcp.refused', 400, { reason })
  const kind = code === -32700 ? 'Parse error' : 'Invalid Request'
  return rpcError(400, code, `${kind}: ${reasonWords(reason)}`)
}

function parse(text: string, exchange: Exchange): Message | Response {
  try {
    const body = text === '' ? undefined : parseJson(text)
    const isLong = Array.isArray(body) && body.length > mostInBatch
    if (isLong) return refuse(-32600, { kind: 'batch-too-long', most: mostInBatch }, exchange)
    return { text, body }
  } catch (error) {
    if (error instanceof ExcessiveJsonError) return refuse(-32700, error.reason, exchange)
    return { text, body: undefined }
  }
}

/** Reads the message; a large body takes a seat while it arrives. */
export async function readMessage(
  request: Request,
  caller: Caller,
  exchange: Exchange,
): Promise<Message | Response> {
  const refusals: Full[] = []
  const text = await readText(request, bodyLimit(exchange.path), () => {
    const seat = takeSeat('bodies', caller)
    if (typeof seat === 'function') return seat
    refusals.push(seat)
    return null
  })
  const [full] = refusals
  if (full) return refuseFull(full, exchange)
  if (!isBodyProblem(text)) return parse(text, exchange)
  record(exchange, 'mcp.refused', 413, {
    reason: { kind: 'body-unreadable', problem: text },
  })
  return rpcError(413, -32600, `the body is ${text}`)
}
