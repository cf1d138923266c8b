import 'server-only'
import { operatorExchange } from '@/lib/auth/exchange'
import { requireOperator } from '@/lib/auth/session'
import { commit } from '@/lib/events/recorder'
import { findGrant } from '@/lib/store/grant-list'
import { endSession as endStoredSession, findSessionById } from '@/lib/store/mcp-sessions'
import {
  isSessionOrder,
  type ListedSession,
  listSessions as listStoredSessions,
} from '@/lib/store/usage'
import { iso, pageSize, searchText, toPage, trailOf } from './paging'
import type { ListQuery, PageOf, SessionRow } from './views'

const toRow = (session: ListedSession): SessionRow => ({
  id: session.id,
  grantId: session.grantId,
  clientId: session.clientId,
  clientName: session.registeredName,
  clientInfo: [session.clientName, session.clientVersion].filter(Boolean).join(' ') || null,
  protocolVersion: session.protocolVersion,
  userEmail: session.userEmail,
  startedAt: session.startedAt.toISOString(),
  lastSeenAt: session.lastSeenAt.toISOString(),
  requests: session.requests,
  calls: session.calls,
  streams: session.streams,
  endedAt: iso(session.endedAt),
  endedBy: session.endedBy,
})

const toState = (state: string | undefined) =>
  (['live', 'ended'] as const).find((known) => known === state)

/** A page of the MCP sessions, and what they were used for. */
export async function listSessions(query: ListQuery): Promise<PageOf<SessionRow>> {
  await requireOperator('viewer', '/admin/sessions')
  const trail = trailOf(query.cursor)
  const rows = await listStoredSessions(
    {
      text: searchText(query.q),
      clientId: query.client,
      grantId: query.grant,
      userId: query.user,
      state: toState(query.state),
    },
    isSessionOrder(query.sort) ? query.sort : 'newest',
    pageSize + 1,
    trail.at(-1),
  )
  return toPage(rows, trail, (session) => session.id, toRow)
}

/**
 * Ends a session on every instance.
 *
 * @returns whose it was, or `null` when it had ended before
 */
export async function endSession(id: string): Promise<{ clientName: string } | null> {
  const operator = await requireOperator('operator', '/admin/sessions')
  const session = await findSessionById(id)
  const grant = session && (await findGrant(session.grantId))
  if (!grant) return null
  const exchange = await operatorExchange(operator, '/admin/sessions')
  Object.assign(exchange.ids, { sessionId: id, grantId: grant.id, clientId: grant.clientId })
  const actor = { userId: operator.id, address: exchange.address }
  const ended = await commit(exchange, (tell) => {
    const events = [tell('mcp.session_ended', { endedBy: 'operator' })]
    return endStoredSession(id, 'operator', exchange.startedAt, events, actor)
  })
  return ended ? { clientName: grant.clientName } : null
}
