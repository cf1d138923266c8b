import { mcpHeaders, rpc } from '../mcp/mcp-message'
import { callInSession, openStream, postInSession, type Session } from '../mcp/mcp-session'

/** Runs something many times concurrently. @param each receives its index */
export const atOnce = <Result>(
  count: number,
  each: (index: number) => Promise<Result>,
): Promise<Result[]> => Promise.all(Array.from({ length: count }, (_, index) => each(index)))

/** Ends a session as its client does. @returns the status */
export async function deleteSession(mcpUrl: string, session: Session): Promise<number> {
  const headers = mcpHeaders(session.token, { 'mcp-session-id': session.id })
  const response = await fetch(mcpUrl, { method: 'DELETE', headers })
  await response.text()
  return response.status
}

async function getStatus(mcpUrl: string, session: Session, lastEventId?: string): Promise<number> {
  const init = lastEventId ? { lastEventId } : {}
  const stream = await openStream(mcpUrl, session, { method: 'GET', ...init })
  stream.drop()
  await stream.ended
  return stream.status
}

/** The requests of a session, each returning its status. */
export const waysToAsk: Readonly<
  Record<string, (mcpUrl: string, session: Session, index: number) => Promise<number>>
> = {
  call: async (mcpUrl, session, index) =>
    (await callInSession(mcpUrl, session, 'whoami', {}, `at-once-${index}`)).status,
  list: async (mcpUrl, session, index) =>
    (await postInSession(mcpUrl, session, rpc('tools/list', {}, `list-${index}`))).status,
  notify: async (mcpUrl, session) =>
    (await postInSession(mcpUrl, session, { jsonrpc: '2.0', method: 'notifications/initialized' }))
      .status,
  stream: (mcpUrl, session) => getStatus(mcpUrl, session),
  resume: (mcpUrl, session) => getStatus(mcpUrl, session, 'standalone_0'),
}

/** Sends every request several times, all concurrently. @returns the statuses by request */
export async function askAtOnce(
  mcpUrl: string,
  session: Session,
  times = 6,
): Promise<Record<string, Set<number>>> {
  const asked = Object.entries(waysToAsk).map(async ([way, ask]) => {
    const statuses = await atOnce(times, (index) => ask(mcpUrl, session, index))
    return [way, new Set(statuses)] as const
  })
  return Object.fromEntries(await Promise.all(asked))
}

/** The result of {@link askAtOnce} if every request has one status. */
export const allAnswered = (status: number): Record<string, Set<number>> =>
  Object.fromEntries(Object.keys(waysToAsk).map((way) => [way, new Set([status])]))
