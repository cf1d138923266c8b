import 'server-only'
import type { AuthInfo } from '@modelcontextprotocol/server'
import { env } from '@/lib/config/env'
import type { StoredSession } from '@/lib/store/mcp/sessions'
import { drop, type LiveSession, wire } from './live'

const post = (headers: Record<string, string>): Request =>
  new Request(env().mcpUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    },
  })

/**
 * Brings a session back to memory: the SDK is told again what opened it.
 *
 * @returns `null` where it cannot be, as the SDK takes its opening no more: a client that is told so
 *   opens another
 */
export async function rehydrate(
  session: StoredSession,
  rawId: string,
  authInfo: AuthInfo,
): Promise<LiveSession | null> {
  const restored = await wire(session, rawId)
  restored.store.isReplaying = true
  const { transport } = restored
  const opening = await transport.handleRequest(post({}), {
    parsedBody: JSON.parse(session.initialize),
    authInfo,
  })
  await opening.text()
  if (!opening.ok) {
    drop(restored)
    return null
  }
  await transport.handleRequest(
    post({ 'mcp-session-id': rawId, 'mcp-protocol-version': session.protocolVersion }),
    { parsedBody: { jsonrpc: '2.0', method: 'notifications/initialized' }, authInfo },
  )
  restored.store.isReplaying = false
  return restored
}
