import 'server-only'
import { env } from '@/lib/env'
import type { Exchange } from '@/lib/events/exchange'
import { record } from '@/lib/events/recorder'
import { isBodyProblem, readText } from '@/lib/http/body'
import { isAllowedOrigin, isReboundHost } from '@/lib/http/origin'
import { json } from '@/lib/http/responses'
import { type MessageFacts, messageFacts } from '@/lib/mcp/message'
import { absorbQuirks } from '@/lib/mcp/quirks'
import { serveMcp } from '@/lib/mcp/serve'
import { noteOpening, noteUse } from '@/lib/mcp/usage'
import { type Authenticated, authenticate } from './bearer'
import { endpoint, type Handler } from './endpoint'
import { recordMcp } from './mcp-record'

/** The limit of the SDK, applied before anything is parsed. */
const largestBody = 4 * 1024 * 1024

const rpcError = (status: number, code: number, message: string): Response =>
  json({ jsonrpc: '2.0', error: { code, message }, id: null }, status)

/** MCP transports, "Security Warning": a page of another site must not reach a server through a browser. */
function refuseForeignOrigin(request: Request, exchange: Exchange): Response | null {
  const { origin, allowedOrigins } = env()
  const from = request.headers.get('origin')
  const reason = !isAllowedOrigin(from, origin, allowedOrigins)
    ? 'origin not allowed'
    : isReboundHost(request.headers.get('host'), origin)
      ? `host not allowed: this server is set to ${origin}, see PORTICO_URL`
      : null
  if (reason === null) return null
  record(exchange, 'mcp.refused', 403, { reason })
  return rpcError(403, -32000, reason)
}

/** The message, or `undefined` where there is none or it is not JSON: then the SDK says so. */
function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

const isOpening = ({ method }: MessageFacts): boolean =>
  method === 'initialize' || method === 'server/discover'

function note({ caller }: Authenticated, facts: MessageFacts, exchange: Exchange): void {
  noteUse(caller, facts.method === 'tools/call', exchange.startedAt)
  if (isOpening(facts)) {
    exchange.ids.sessionId = noteOpening(caller, facts, exchange.startedAt)
  }
}

const answerMcp: Handler = async (request, exchange) => {
  const foreign = refuseForeignOrigin(request, exchange)
  if (foreign) return foreign
  const authenticated = await authenticate(request, exchange)
  if (authenticated instanceof Response) return authenticated

  const text = await readText(request, largestBody)
  if (isBodyProblem(text)) {
    record(exchange, 'mcp.refused', 413, { reason: `body ${text}` })
    return rpcError(413, -32600, `the body is ${text}`)
  }
  const body = parse(text)
  const facts = messageFacts(body)
  note(authenticated, facts, exchange)
  const { headers, quirks } = absorbQuirks(request.headers, facts)
  const forwarded = new Request(request.url, {
    method: request.method,
    headers,
    signal: request.signal,
    ...(text === '' ? {} : { body: text }),
  })
  const response = await serveMcp(forwarded, body, authenticated.caller)
  return recordMcp(response, { facts, quirks, authenticated }, exchange)
}

/** The MCP endpoint (Streamable HTTP, every revision from 2024-11-05 to 2026-07-28). */
export const mcp = endpoint('mcp', {
  cors: true,
  methods: { GET: answerMcp, POST: answerMcp, DELETE: answerMcp, PUT: answerMcp, PATCH: answerMcp },
})
