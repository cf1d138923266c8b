import 'server-only'
import type { Quirk } from '@/lib/config/clients'
import { env } from '@/lib/config/env'
import { isAllowedOrigin, isReboundHost } from '@/lib/http/origin'
import { messageFacts, messageTrace } from '@/lib/mcp/message'
import { absorbQuirks } from '@/lib/mcp/quirks'
import { methodNotAllowed, rpcError } from '@/lib/mcp/rpc-error'
import { serveMcp } from '@/lib/mcp/serve'
import { holdAnswer, type OpenAnswer } from '@/lib/mcp/sessions/open-answers'
import { watchOpen } from '@/lib/mcp/sessions/watch-open'
import { noteUse } from '@/lib/mcp/usage'
import type { Reason } from '@/lib/reasons'
import { record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import { hasListeners } from '@/lib/recorder/signals'
import { type Authenticated, authenticate, hasOddScheme } from './bearer'
import { endpoint, type Handler } from './endpoint'
import { endMcpSession } from './mcp-delete'
import { readMessage, refuse, refuseFull } from './mcp-message'
import { recordMcp } from './mcp-record'

const hasSlash = ({ path }: Exchange): boolean => path.endsWith('/')

/** MCP transports, "Security Warning": pages of other sites must not reach a server through a browser. */
function refuseForeignOrigin(request: Request, exchange: Exchange): Response | null {
  const { origin, allowedOrigins } = env()
  const from = request.headers.get('origin')
  const reason: Reason | null = !isAllowedOrigin(from, origin, allowedOrigins)
    ? { kind: 'origin-not-allowed' }
    : isReboundHost(request.headers.get('host'), origin)
      ? { kind: 'host-not-allowed', own: origin }
      : null
  return reason && refuse(403, -32000, reason, exchange)
}

/** `/mcp/` works like `/mcp` unless the operator refuses that quirk. */
function refuseSlash(exchange: Exchange): Response | null {
  if (!hasSlash(exchange) || !env().refusedQuirks.has('trailing-slash')) return null
  const message = `there is nothing here: the endpoint is ${env().mcpUrl}`
  return refuse(404, -32000, { kind: 'trailing-slash' }, exchange, message)
}

/** Quirks outside of the message: in the path and in the credentials. */
function outerQuirks({ headers }: Request, exchange: Exchange): Quirk[] {
  const quirks: Quirk[] = []
  if (hasSlash(exchange)) quirks.push('trailing-slash')
  if (hasOddScheme(headers)) quirks.push('bearer-case')
  return quirks
}

/** The request as the specification wants it, with its body already read. */
function regular(request: Request, text: string, body: unknown, headers: Headers): Request {
  // a copy is expensive, and a parsed body is not read again
  if (headers === request.headers && body !== undefined) return request
  const { url, method, signal } = request
  const rest = text === '' || body !== undefined ? {} : { body: text }
  return new Request(url, { method, headers, signal, ...rest })
}

async function serve(
  request: Request,
  authenticated: Authenticated,
  exchange: Exchange,
  answer: OpenAnswer | null,
): Promise<Response> {
  watchOpen()
  const { caller } = authenticated
  const message = await readMessage(request, caller, exchange)
  if (message instanceof Response) return message
  const { text, body } = message
  const facts = messageFacts(body)
  const absorbed = absorbQuirks(request.headers, facts, env().refusedQuirks)
  const quirks = [...outerQuirks(request, exchange), ...absorbed.quirks]
  if (quirks.length > 0) {
    record(exchange, 'mcp.quirk_absorbed', undefined, { quirks, method: facts.method ?? undefined })
  }
  const at = exchange.startedAt
  const forwarded = regular(request, text, body, absorbed.headers)
  const served = await serveMcp({ request: forwarded, body, facts, caller, at })
  if ('full' in served) return refuseFull(served.full, exchange)
  // older revisions may name a session, the newest has none
  const sessionId = facts.claimsModern ? undefined : (served.sessionId ?? null)
  noteUse(caller, facts.method === 'tools/call', sessionId, at)
  const headerRevision = absorbed.headers.get('mcp-protocol-version')
  const resumed = request.headers.has('last-event-id')
  const trace = hasListeners('exchange') ? messageTrace(body) : null
  const seen = { facts, headerRevision, authenticated, resumed, trace, exchange }
  return recordMcp(served, seen, answer)
}

/** A POST is counted before its body is read, since a slow one also holds a socket. */
async function servePost(request: Request, authenticated: Authenticated, exchange: Exchange) {
  const answer = holdAnswer(authenticated.caller)
  if ('of' in answer) return refuseFull(answer, exchange)
  try {
    return await serve(request, authenticated, exchange, answer)
  } finally {
    // once it is being sent, it is released at its end
    if (!answer.isSent) answer.release()
  }
}

/** Checks before every method: the origin, then the token. */
const gated =
  (answer: (...to: [Request, Authenticated, Exchange]) => Promise<Response>): Handler =>
  async (request, exchange) => {
    const refused = refuseForeignOrigin(request, exchange) ?? refuseSlash(exchange)
    if (refused) return refused
    const authenticated = await authenticate(request, exchange)
    return authenticated instanceof Response
      ? authenticated
      : answer(request, authenticated, exchange)
  }

const answerOther = gated(async (_request, _authenticated, exchange) => {
  record(exchange, 'method.refused', 405, { allow: 'POST, GET, DELETE' })
  return methodNotAllowed('POST, GET, DELETE')
})

/** The MCP endpoint (Streamable HTTP, every revision from 2024-11-05 to 2026-07-28). */
export const mcp = endpoint('mcp', {
  cors: true,
  unavailable: (text) => rpcError(503, -32000, text),
  methods: {
    GET: gated((request, authenticated, exchange) => serve(request, authenticated, exchange, null)),
    POST: gated(servePost),
    DELETE: gated(endMcpSession),
    PUT: answerOther,
    PATCH: answerOther,
  },
})
