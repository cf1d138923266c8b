import 'server-only'
import {
  type AuthInfo,
  createMcpHandler,
  isInitializeRequest,
  isLegacyRequest,
  legacyStatelessFallback,
} from '@modelcontextprotocol/server'
import { logError } from '@/lib/runtime/log'
import { bus } from './bus'
import { methodNotAllowed, sessionNotFound } from './rpc-error'
import type { Incoming, McpAnswer, ServedOrFull } from './served'
import { buildServer, toAuthInfo } from './server'
import { liveSession, ownSession } from './sessions/find'
import { serveGet } from './sessions/get-stream'
import { subscribeSessions } from './sessions/notifications'
import { openMcpSession } from './sessions/open'
import { holdStream } from './sessions/open-streams'
import { serveInSession } from './sessions/serve-session'

const onerror = (error: Error): void => logError(`mcp: ${error.message}`)

/** 2026-07-28: every request is independent. */
const modern = createMcpHandler(buildServer, {
  legacy: 'reject',
  bus,
  // our own limits, per connection and person, are lower
  maxSubscriptions: 20_000,
  onerror,
})

/**
 * Serves older revisions without a session: hosted Claude rarely sends a session id back, and calls
 * from many machines.
 */
const stateless = legacyStatelessFallback(buildServer, onerror)

const options = ({ body }: Incoming, authInfo: AuthInfo) =>
  body === undefined ? { authInfo } : { authInfo, parsedBody: body }

async function serveListen(incoming: Incoming, authInfo: AuthInfo): Promise<ServedOrFull> {
  const { request, caller } = incoming
  const held = holdStream({ caller, sessionId: null, streamId: null }, request)
  if ('full' in held) return held
  const { signal, ended } = held
  let isStream = false
  try {
    const { url, method, headers } = request
    const forwarded = new Request(url, { method, headers, signal })
    const response = await modern.fetch(forwarded, options(incoming, authInfo))
    isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false
    // the SDK listens on this `Request`, which may be collected: `stop` ends the body as well
    return isStream ? { response, stream: 'listen', ended, stop: signal } : { response }
  } finally {
    if (!isStream) ended()
  }
}

async function serveModern(incoming: Incoming, authInfo: AuthInfo): Promise<ServedOrFull> {
  if (incoming.facts.method === 'subscriptions/listen') return serveListen(incoming, authInfo)
  return { response: await modern.fetch(incoming.request, options(incoming, authInfo)) }
}

const notFound = (): McpAnswer => ({ response: sessionNotFound() })

async function serveLegacyPost(incoming: Incoming, authInfo: AuthInfo): Promise<McpAnswer> {
  const { request, body, caller } = incoming
  await subscribeSessions()
  if (isInitializeRequest(body)) return openMcpSession(incoming, body, authInfo)
  const rawId = request.headers.get('mcp-session-id')
  if (rawId === null) return { response: await stateless(request, options(incoming, authInfo)) }
  const session = await liveSession(rawId, caller, authInfo)
  if (!session) return notFound()
  const served = await serveInSession(incoming, session, authInfo)
  if (served.response.ok || !session.isDropped) return served
  // evicted during the request: the session has ended, or is restored
  const again = await liveSession(rawId, caller, authInfo)
  return again ? serveInSession(incoming, again, authInfo) : notFound()
}

async function serveStream({ request, caller }: Incoming): Promise<ServedOrFull> {
  const rawId = request.headers.get('mcp-session-id')
  // RFC 9110 §15.5.6; without a session there is no stream, and clients read this as "none offered"
  if (rawId === null) return { response: methodNotAllowed('POST') }
  const session = await ownSession(rawId, caller)
  if (!session) return notFound()
  const served = await serveGet(request, session, rawId, caller)
  return 'full' in served ? served : { ...served, sessionId: session.id }
}

/** `null` for a batch, which may call several tools; sessions outlive the request and need them all. */
const calledTool = ({ body, facts }: Incoming): string | null =>
  facts.method === 'tools/call' && !Array.isArray(body) ? facts.name : null

/** Answers an authenticated POST or GET, in the era its content belongs to (MCP "Versioning"). */
export async function serveMcp(incoming: Incoming): Promise<ServedOrFull> {
  const { request, body, caller } = incoming
  if (request.method === 'GET') return serveStream(incoming)
  const authInfo = toAuthInfo(caller, calledTool(incoming))
  const isLegacy = body === undefined || (await isLegacyRequest(request, body))
  return isLegacy ? serveLegacyPost(incoming, authInfo) : serveModern(incoming, authInfo)
}
