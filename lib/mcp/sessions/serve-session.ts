import 'server-only'
import type { AuthInfo } from '@modelcontextprotocol/server'
import type { Incoming, McpAnswer } from '@/lib/mcp/served'
import { carryMessage, everyInstance } from '@/lib/store/mcp/carried'
import { instanceId } from './instance'
import type { LiveSession } from './live'
import { addressed } from './request-ids'

const isCancellationOfOther = (message: unknown, { store }: LiveSession): boolean => {
  const { method, params } = Object(message) as {
    method?: unknown
    params?: { requestId?: unknown }
  }
  return method === 'notifications/cancelled' && !store.requests.has(params?.requestId)
}

/**
 * Forwards what another instance waits for: answers to and progress of requests it sent, and
 * cancellations of requests it works on.
 *
 * @returns the messages for this instance, with the ids the SDK knows
 */
async function carryOthers(messages: readonly unknown[], session: LiveSession): Promise<unknown[]> {
  const own: unknown[] = []
  for (const received of messages) {
    const { instance, message } = addressed(received)
    if (instance !== null && instance !== instanceId) {
      await carryMessage(instance, session.id, JSON.stringify(received))
    } else if (isCancellationOfOther(received, session)) {
      await carryMessage(everyInstance, session.id, JSON.stringify(received))
    } else own.push(message)
  }
  return own
}

const requestIds = (messages: readonly unknown[]): unknown[] =>
  messages.flatMap((message) => {
    const { id, method } = Object(message) as { id?: unknown; method?: unknown }
    return method !== undefined && id !== undefined ? [id] : []
  })

/**
 * Answers a POST of a session in memory. If the session is dropped during the request
 * ({@link LiveSession.isDropped}), the answer is a refusal that says nothing about the request.
 */
export async function serveInSession(
  { request, body }: Incoming,
  session: LiveSession,
  authInfo: AuthInfo,
): Promise<McpAnswer> {
  const { transport, store, id: sessionId } = session
  session.usedAt = Date.now()
  const received = Array.isArray(body) ? body : [body]
  const messages = body === undefined ? received : await carryOthers(received, session)
  if (messages.length === 0) return { response: new Response(null, { status: 202 }), sessionId }
  const ids = requestIds(messages)
  store.requests.begin(ids)
  const parsedBody = Array.isArray(body) ? messages : messages[0]
  const response = await transport.handleRequest(
    request,
    body === undefined ? { authInfo } : { authInfo, parsedBody },
  )
  // an answer that is no stream answers all of them at once
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
    store.requests.abandon(ids)
  }
  return { response, sessionId }
}
