import 'server-only'
import { command, query } from '@/lib/auth/declared'
import { operatorExchange } from '@/lib/auth/exchange'
import type { Person } from '@/lib/auth/session'
import { commit } from '@/lib/events/recorder'
import { text } from '@/lib/http/sent'
import { findGrant } from '@/lib/store/grant-list'
import { endSession as endStoredSession, findSessionById } from '@/lib/store/mcp-sessions'
import {
  isSessionOrder,
  type ListedSession,
  listSessions as listStoredSessions,
} from '@/lib/store/usage'
import { done, type Outcome, refused } from './outcome'
import { addressOf, iso, pageSize, searchText, toPage, trailOf } from './paging'
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
export async function sessionsFor(_: Person, query: ListQuery): Promise<PageOf<SessionRow>> {
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

/** The same, for a page. */
export const listSessions = query(
  { role: 'viewer', path: addressOf('/admin/sessions') },
  sessionsFor,
)

/** Ends a session on every instance: its streams close, and its id is not known any more. */
export const endSession = command(
  { role: 'operator', path: '/admin/sessions', takes: [text] },
  async (operator, id): Promise<Outcome> => {
    const over = refused('This session had ended before')
    const session = await findSessionById(id)
    const grant = session && (await findGrant(session.grantId))
    if (!grant) return over
    const exchange = await operatorExchange(operator, '/admin/sessions')
    Object.assign(exchange.ids, { sessionId: id, grantId: grant.id, clientId: grant.clientId })
    const actor = { userId: operator.id, address: exchange.address }
    const ended = await commit(exchange, (tell) => {
      const events = [tell('mcp.session_ended', { endedBy: 'operator' })]
      return endStoredSession(id, 'operator', exchange.startedAt, events, actor)
    })
    return ended ? done(`The session of ${grant.clientName} is ended`) : over
  },
)
