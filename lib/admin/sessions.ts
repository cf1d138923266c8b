import 'server-only'
import { requireOperator } from '@/lib/auth/session'
import {
  isSessionOrder,
  type ListedSession,
  listSessions as listStoredSessions,
} from '@/lib/store/usage'
import { pageSize, searchText, toPage, trailOf } from './paging'
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
})

/** A page of sessions: each opening of the MCP endpoint, and the requests that followed. */
export async function listSessions(query: ListQuery): Promise<PageOf<SessionRow>> {
  await requireOperator('viewer', '/admin/sessions')
  const trail = trailOf(query.cursor)
  const rows = await listStoredSessions(
    {
      text: searchText(query.q),
      clientId: query.client,
      grantId: query.grant,
      userId: query.user,
    },
    isSessionOrder(query.sort) ? query.sort : 'newest',
    pageSize + 1,
    trail.at(-1),
  )
  return toPage(rows, trail, (session) => session.id, toRow)
}
