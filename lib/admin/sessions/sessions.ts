import 'server-only'
import { listed } from '@/lib/admin/list'
import { done, refused } from '@/lib/admin/outcome'
import { command } from '@/lib/auth/declared'
import { commitBy } from '@/lib/auth/exchange'
import { sentText } from '@/lib/http/sent'
import { findGrant } from '@/lib/store/grants/list'
import { listStoredSessions } from '@/lib/store/grants/usage'
import { closeStoredSession, findSessionById } from '@/lib/store/mcp/sessions'

const path = '/admin/sessions'

/** The MCP sessions and their usage. */
export const listSessions = listed(
  { role: 'viewer', path },
  (_, { q, state, client, grant, user }, slice) =>
    listStoredSessions({ text: q, state, clientId: client, grantId: grant, userId: user }, slice),
)

/** Ends a session on every instance: closes its streams and forgets its id. */
export const endOpenSession = command(
  { role: 'operator', path, takes: [sentText] },
  async (operator, id) => {
    const over = refused('This session has already ended')
    const session = await findSessionById(id)
    const grant = session && (await findGrant(session.grantId))
    if (!grant) return over
    const ids = { sessionId: id, grantId: grant.id, clientId: grant.clientId }
    const ended = await commitBy(operator, ids, (describe, actor, at) => {
      const events = [describe('mcp.session_ended', { endedBy: 'operator' })]
      return closeStoredSession(id, 'operator', at, events, actor)
    })
    return ended ? done(`The session of ${grant.clientName} is ended`) : over
  },
)
