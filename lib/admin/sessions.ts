import 'server-only'
import { command } from '@/lib/auth/declared'
import { operatorExchange } from '@/lib/auth/exchange'
import { commit } from '@/lib/events/recorder'
import { text } from '@/lib/http/sent'
import { findGrant } from '@/lib/store/grant-list'
import { endSession as endStoredSession, findSessionById } from '@/lib/store/mcp-sessions'
import { listSessions as listStoredSessions } from '@/lib/store/usage'
import { listed } from './list'
import { done, refused } from './outcome'

const path = '/admin/sessions'

/** The MCP sessions, and what they were used for. */
export const listSessions = listed(
  { role: 'viewer', path },
  (_, { q, state, client, grant, user }, slice) =>
    listStoredSessions({ text: q, state, clientId: client, grantId: grant, userId: user }, slice),
)

/** Ends a session on every instance: its streams close, and its id is not known any more. */
export const endSession = command(
  { role: 'operator', path, takes: [text] },
  async (operator, id) => {
    const over = refused('This session had ended before')
    const session = await findSessionById(id)
    const grant = session && (await findGrant(session.grantId))
    if (!grant) return over
    const exchange = await operatorExchange(operator, path)
    Object.assign(exchange.ids, { sessionId: id, grantId: grant.id, clientId: grant.clientId })
    const ended = await commit(exchange, (tell, actor) => {
      const events = [tell('mcp.session_ended', { endedBy: 'operator' })]
      return endStoredSession(id, 'operator', exchange.startedAt, events, actor)
    })
    return ended ? done(`The session of ${grant.clientName} is ended`) : over
  },
)
