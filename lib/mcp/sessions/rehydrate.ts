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
 * Restores a session to memory by replaying its `initialize` to the SDK.
 *
 * @returns `null` when the SDK no longer accepts that `initialize`: the client gets "not found" and
 *   opens a new session
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
