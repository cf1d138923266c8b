import 'server-only'
import { type Observed, observeBody } from '@/lib/http/observe-body'
import type { MessageFacts, MessageTrace } from '@/lib/mcp/message'
import type { McpAnswer } from '@/lib/mcp/served'
import type { OpenAnswer } from '@/lib/mcp/sessions/open-answers'
import type { Reason } from '@/lib/reasons'
import { record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import { emit } from '@/lib/recorder/signals'
import { inThisRequest } from '@/lib/runtime/after'
import { stopping } from '@/lib/runtime/stopping'
import type { Authenticated } from './bearer'

/** The event of a method; `mcp.requested` for all others. */
function eventOf(method: string | null) {
  if (method === 'initialize') return 'mcp.initialized'
  if (method === 'server/discover') return 'mcp.discovered'
  if (method === 'tools/call') return 'mcp.called'
  if (method?.startsWith('notifications/')) return 'mcp.notified'
  return method?.endsWith('/list') ? 'mcp.listed' : 'mcp.requested'
}

type Seen = {
  readonly exchange: Exchange
  readonly facts: MessageFacts
  readonly authenticated: Authenticated
  /** the revision in the headers; an `initialize` of an older one has it in its body */
  readonly headerRevision: string | null
  /** whether the request resumes a broken stream */
  readonly resumed: boolean
  /** `null` when telemetry is off */
  readonly trace: MessageTrace | null
}

/** The detail that every MCP event has. */
const commonDetail = ({ facts, headerRevision, authenticated }: Seen, bytes: number) => ({
  method: facts.method ?? undefined,
  protocolVersion: facts.claimedRevision ?? headerRevision ?? undefined,
  era: facts.claimsModern ? ('stateless' as const) : ('session' as const),
  bytes,
  tokenId: authenticated.caller.tokenId,
  firstUse: authenticated.firstUse || undefined,
})

/** Results are never stored: only whether they are errors. */
function errorsIn(sample: string) {
  const code = /"error"\s*:\s*\{[^}]*"code"\s*:\s*(-?\d+)/.exec(sample)?.[1]
  const isError = code !== undefined || /"isError"\s*:\s*true/.test(sample)
  return { isError, code: code === undefined ? undefined : Number(code) }
}

const refusalReason = (status: number, code: number | undefined): Reason =>
  status === 403 ? { kind: 'scope-insufficient' } : { kind: 'answered-with-error', status, code }

/** Reports a completely sent answer to telemetry. */
function reportEnded(status: number, seen: Seen, isError: boolean, code: number | null): void {
  const { exchange, facts, headerRevision, trace } = seen
  if (trace === null) return
  const durationMs = performance.now() - exchange.startedMs
  const { method, name: target } = facts
  const revision = facts.claimedRevision ?? headerRevision
  const sessionId = exchange.ids.sessionId ?? null
  const mcp =
    method === null ? null : { ...trace, method, target, revision, sessionId, isError, code }
  emit('exchange', { endpoint: 'mcp', exchange, status, durationMs, mcp })
}

function write(status: number, seen: Seen, observed: Observed): void {
  const { exchange, facts } = seen
  const common = commonDetail(seen, observed.bytes)
  const { isError, code } = errorsIn(observed.sample)
  reportEnded(status, seen, isError, code ?? null)
  const event = eventOf(facts.method)
  const outcome = isError ? 'failed' : 'ok'
  if (status >= 400) {
    const reason = refusalReason(status, code)
    record(exchange, 'mcp.refused', status, { ...common, code, reason })
  } else if (event === 'mcp.called') {
    record(exchange, event, status, { ...common, tool: facts.name ?? 'unknown', isError }, outcome)
  } else if (event === 'mcp.initialized' || event === 'mcp.discovered') {
    const clientInfo = [facts.clientName, facts.clientVersion].filter(Boolean).join(' ')
    record(exchange, event, status, { ...common, clientInfo: clientInfo || undefined }, outcome)
  } else {
    record(exchange, event, status, common, outcome)
  }
}

/** A client that resumes an answer it has read to its end makes no mistake: recorded as `ok`. */
function recordFinished({ status }: Response, exchange: Exchange): void {
  record(exchange, 'mcp.stream_closed', status, { kind: 'answer', bytes: 0 }, 'ok')
}

/** Records a long-lived stream at its start and at its end. */
function recordStream(served: McpAnswer, { resumed, exchange }: Seen): Response {
  const { response, stream: kind = 'standalone', ended, stop } = served
  const opened = { kind, resumed: resumed || undefined }
  record(exchange, 'mcp.stream_opened', response.status, opened)
  const closed = ({ bytes }: Observed) => {
    ended?.()
    record(exchange, 'mcp.stream_closed', response.status, { kind, bytes })
  }
  const ending = stop ? AbortSignal.any([stopping, stop]) : stopping
  return observeBody(response, ending, inThisRequest(closed))
}

/**
 * Records an MCP exchange once its answer is completely sent, so that duration and size are those of
 * the whole answer.
 *
 * @param answer to a POST, released at the same time
 */
export function recordMcp(served: McpAnswer, seen: Seen, answer: OpenAnswer | null): Response {
  const { exchange } = seen
  if (served.sessionId !== undefined) exchange.ids.sessionId = served.sessionId
  // an open stream is registered as such
  if (served.stream) return recordStream(served, seen)
  // counted now, so that the wrapper does not take a running stream for an unrecorded exchange
  exchange.recorded += 1
  exchange.endsLater = seen.trace !== null
  const { response } = served
  // answers in progress may finish when the server stops; only endless streams are cut
  const answered = (observed: Observed) => {
    answer?.release()
    if (served.isFinished) recordFinished(response, exchange)
    else write(response.status, seen, observed)
  }
  if (answer) answer.isSent = true
  const stop = answer?.controller.signal ?? null
  return observeBody(response, stop, inThisRequest(answered), answer?.flow)
}
