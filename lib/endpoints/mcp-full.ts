import 'server-only'
import type { Full } from '@/lib/mcp/open-limits'
import { rpcError } from '@/lib/mcp/rpc-error'
import { processWide } from '@/lib/process-wide'
import { reasonWords } from '@/lib/reasons'
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
