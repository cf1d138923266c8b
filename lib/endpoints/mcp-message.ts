import 'server-only'
import { isBodyProblem, readText } from '@/lib/http/body'
import { bodyLimit } from '@/lib/http/body-limit'
import { ExcessiveJsonError, parseJson } from '@/lib/http/json'
import type { McpCaller } from '@/lib/mcp/caller'
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

/** Refuses a request in JSON-RPC. @param code by JSON-RPC 2.0 §5.1 */
export function refuse(
  status: number,
  code: number,
  reason: Reason,
  exchange: Exchange,
  message = reasonWords(reason),
): Response {
  record(exchange, 'mcp.refused', status, { reason })
  return rpcError(status, code, message)
}

/** RFC 6585 §4, as JSON-RPC; 503 when the server's own limit is reached. */
export function refuseFull(full: Full, exchange: Exchange): Response {
  const status = full.of === 'server' ? 503 : 429
  const reason = { kind: 'too-many-open', what: full.opened, of: full.of } as const
  const { grantId, userId } = exchange.ids
  const key = { connection: grantId, person: userId, server: '' }[full.of]
  const times = timesToRecord(`${full.opened} ${full.of} ${key}`, exchange.startedAt.getTime())
  if (times === null) exchange.recorded += 1
  else record(exchange, 'mcp.refused', status, { reason, times: times > 1 ? times : undefined })
  const message = `${reasonWords(reason)}; try again in ${retryAfterSeconds} s`
  const response = rpcError(status, -32000, message)
  response.headers.set('Retry-After', String(retryAfterSeconds))
  return response
}

/** A message as sent and as parsed; `body` is `undefined` when it is not JSON, which the SDK answers. */
export type McpMessage = { readonly text: string; readonly body: unknown }

function parse(text: string, exchange: Exchange): McpMessage | Response {
  try {
    const body = text === '' ? undefined : parseJson(text)
    if (!Array.isArray(body) || body.length <= mostInBatch) return { text, body }
    const reason: Reason = { kind: 'batch-too-long', most: mostInBatch }
    return refuse(400, -32600, reason, exchange, `Invalid Request: ${reasonWords(reason)}`)
  } catch (error) {
    if (!(error instanceof ExcessiveJsonError)) return { text, body: undefined }
    const { reason } = error
    return refuse(400, -32700, reason, exchange, `Parse error: ${reasonWords(reason)}`)
  }
}

/** Reads the message; a large body takes a seat while it arrives. */
export async function readMessage(
  request: Request,
  caller: McpCaller,
  exchange: Exchange,
): Promise<McpMessage | Response> {
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
  const reason: Reason = { kind: 'body-unreadable', problem: text }
  return refuse(413, -32600, reason, exchange, `the body is ${text}`)
}
