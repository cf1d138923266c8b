import 'server-only'
import { methodNotAllowed, sessionNotFound } from '@/lib/mcp/rpc-error'
import { ownSession } from '@/lib/mcp/sessions/find'
import { endHere } from '@/lib/mcp/sessions/notifications'
import { commit, record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import { emit } from '@/lib/recorder/signals'
import { closeStoredSession } from '@/lib/store/mcp/sessions'
import type { Authenticated } from './bearer'

/** Answers DELETE: the client ends its session (MCP 2025-11-25, "Session Management"). */
export async function endMcpSession(
  request: Request,
  { caller }: Authenticated,
  exchange: Exchange,
): Promise<Response> {
  const rawId = request.headers.get('mcp-session-id')
  if (rawId === null) {
    record(exchange, 'method.refused', 405, { allow: 'POST' })
    return methodNotAllowed('POST')
  }
  const session = await ownSession(rawId, caller)
  if (session) {
    exchange.ids.sessionId = session.id
    const ended = await commit(exchange, (describe) =>
      closeStoredSession(session.id, 'client', new Date(), [
        describe('mcp.session_ended', { endedBy: 'client' }, 200),
      ]),
    )
    if (ended) {
      // also when notifications do not arrive: later requests here find it gone
      endHere(session.id)
      const ms = Date.now() - session.startedAt.getTime()
      emit('session', { ms, revision: session.protocolVersion })
      return new Response(null, { status: 200 })
    }
  }
  record(exchange, 'mcp.refused', 404, { reason: { kind: 'session-not-found' } })
  return sessionNotFound()
}
