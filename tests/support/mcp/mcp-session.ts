import { initialize, type McpAnswer, mcpHeaders, postMcp, rpc } from './mcp-message'

/** A client's session. */
export type Session = { readonly id: string; readonly token: string; readonly revision: string }

const headersOf = ({ id, revision }: Session) => ({
  'mcp-session-id': id,
  'mcp-protocol-version': revision,
})

/** Opens a session with elicitation support. @throws if the server returned none */
export async function openSession(
  mcpUrl: string,
  token: string,
  revision = '2025-11-25',
): Promise<Session> {
  const opening = initialize(revision)
  const params = { ...opening.params, capabilities: { elicitation: {} } }
  const answer = await postMcp(mcpUrl, token, { ...opening, params })
  const id = answer.headers.get('mcp-session-id')
  if (!id) throw new Error(`no session: HTTP ${answer.status} ${answer.text}`)
  const session = { id, token, revision }
  await postInSession(mcpUrl, session, { jsonrpc: '2.0', method: 'notifications/initialized' })
  return session
}

/** Posts a message of a session. */
export const postInSession = (
  mcpUrl: string,
  session: Session,
  message: unknown,
): Promise<McpAnswer> => postMcp(mcpUrl, session.token, message, headersOf(session))

/** Calls a tool in a session. */
export const callInSession = (
  mcpUrl: string,
  session: Session,
  name: string,
  args: object = {},
  id: number | string = 7,
): Promise<McpAnswer> =>
  postInSession(mcpUrl, session, rpc('tools/call', { name, arguments: args }, id))

/** One server-sent event. */
export type SentEvent = { readonly id: string | null; readonly data: string }

const eventOf = (block: string): SentEvent | null => {
  const data = /^data: ?(.*)$/m.exec(block)?.[1]
  return data === undefined ? null : { id: /^id: ?(.*)$/m.exec(block)?.[1] ?? null, data }
}

/** An open stream. */
export type OpenStream = {
  readonly status: number
  readonly events: SentEvent[]
  /** waits for an event whose data the predicate accepts. @throws if the stream ends first */
  until(accepts: (message: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>
  /** resolves when the stream has ended */
  readonly ended: Promise<void>
  /** disconnects, like a client whose network fails */
  drop(): void
}

/** Sends a request whose response is a stream, and reads it as it arrives. */
export async function openStream(
  mcpUrl: string,
  session: Session,
  init: { method: 'GET' | 'POST'; message?: unknown; lastEventId?: string },
): Promise<OpenStream> {
  const gone = new AbortController()
  const headers = mcpHeaders(session.token, {
    ...headersOf(session),
    ...(init.lastEventId ? { 'last-event-id': init.lastEventId } : {}),
    ...(init.method === 'GET' ? { accept: 'text/event-stream', 'content-type': null } : {}),
  })
  const body = init.message === undefined ? null : JSON.stringify(init.message)
  const response = await fetch(mcpUrl, { method: init.method, headers, body, signal: gone.signal })
  const events: SentEvent[] = []
  const listeners = new Set<() => void>()
  const read = async () => {
    let rest = ''
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) {
      const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n')
      rest = blocks.pop() ?? ''
      events.push(...blocks.flatMap((block) => eventOf(block) ?? []))
      for (const tell of listeners) tell()
    }
  }
  let isOver = false
  const ended = read()
    .catch(() => undefined)
    .finally(() => {
      isOver = true
      for (const tell of listeners) tell()
    })
  return {
    status: response.status,
    events,
    ended,
    drop: () => gone.abort(),
    until: (accepts) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = events
            .filter(({ data }) => data.trim() !== '')
            .map(({ data }) => JSON.parse(data) as Record<string, unknown>)
            .find(accepts)
          if (found) resolve(found)
          else if (isOver) reject(new Error(`ended with: ${events.map(({ data }) => data)}`))
          else return
          listeners.delete(look)
        }
        listeners.add(look)
        look()
      }),
  }
}
