import { setTimeout as sleep } from 'node:timers/promises'
import { postMcp, statelessHeaders, statelessRpc } from '../mcp/mcp-message'
import { authorizationUrl, newPkce, postForm } from '../oauth/oauth'
import { type Connection, connect, credentialsOf, tokensOf } from '../oauth/oauth-tokens'
import { type Operator, signIn } from '../people/operator'

/** One answer under load. */
export type LoadAnswer = {
  readonly kind: string
  /** the request's */
  readonly at: number
  /** the response's */
  readonly endedAt: number
  /** 0 if there was none */
  readonly status: number
  readonly retryAfter: string | null
  readonly contentType: string
  readonly text: string
}

type Asked = { readonly status: number; readonly headers: Headers; readonly text: string }
type Kind = { readonly kind: string; readonly ask: () => Promise<Asked> }

const readOf = async (response: Response): Promise<Asked> => ({
  status: response.status,
  headers: response.headers,
  text: await response.text(),
})

/** The most called tool: it needs only its caller. */
const callParams = { name: 'whoami', arguments: {} }

export const callTool = (origin: string, token: string) =>
  postMcp(
    `${origin}/mcp`,
    token,
    statelessRpc('tools/call', callParams),
    statelessHeaders('tools/call', 'whoami'),
  )

/** Refreshes repeatedly; after a 503 it retries with the same token. */
function refreshing(origin: string, connection: Connection): Kind['ask'] {
  let token = connection.tokens.refresh_token
  let last: Promise<unknown> = Promise.resolve()
  return () => {
    const next = last.then(async () => {
      const answer = await postForm(`${origin}/token`, {
        grant_type: 'refresh_token',
        refresh_token: token,
        ...credentialsOf(connection),
      })
      if (answer.status === 200) token = tokensOf(answer).refresh_token
      return answer
    })
    last = next.catch(() => undefined)
    return next
  }
}

function kindsOf(
  origin: string,
  connection: Connection,
  other: Connection,
  person: Operator,
): Kind[] {
  const { access_token: token } = connection.tokens
  const call: Kind = { kind: 'tool call', ask: () => callTool(origin, token) }
  const page = (path: string): Kind => ({
    kind: path,
    ask: async () => readOf(await person.open(path)),
  })
  const document = '/.well-known/oauth-authorization-server'
  return [
    call,
    { kind: 'discovery', ask: async () => readOf(await fetch(`${origin}${document}`)) },
    call,
    { kind: 'refresh', ask: refreshing(origin, other) },
    call,
    {
      kind: 'authorize',
      ask: async () =>
        readOf(await person.open(authorizationUrl(origin, connection.client, newPkce().challenge))),
    },
    call,
    page('/sign-in'),
    call,
    page('/admin'),
    call,
    page('/admin/handshakes'),
    call,
    page('/api/auth/session'),
    { kind: 'stranger', ask: () => callTool(origin, 'not a token') },
    page('/connections'),
  ]
}

/** Requests of mixed kinds at a steady rate, whether or not earlier ones were answered. */
export type Load = {
  readonly answers: readonly LoadAnswer[]
  /** a connection that the load does not use */
  readonly unusedConnection: Connection
  /** pauses for so many milliseconds */
  rest(ms: number): Promise<void>
  /** resolves when all were answered */
  stop(): Promise<void>
}

async function answerOf({ kind, ask }: Kind): Promise<LoadAnswer> {
  const at = Date.now()
  try {
    const { status, headers, text } = await ask()
    const contentType = headers.get('content-type') ?? ''
    const retryAfter = headers.get('retry-after')
    return { kind, at, endedAt: Date.now(), status, retryAfter, contentType, text }
  } catch (error) {
    const text = String((error as Error).cause ?? error)
    return { kind, at, endedAt: Date.now(), status: 0, retryAfter: null, contentType: '', text }
  }
}

/** Starts a load of so many requests a second, with its own client and user. */
export async function startLoad(origin: string, perSecond: number): Promise<Load> {
  const person = await signIn(origin)
  const connection = await connect(origin, { operator: person })
  const other = await connect(origin, { operator: person })
  const unusedConnection = await connect(origin, { operator: person })
  const kinds = kindsOf(origin, connection, other, person)
  const answers: LoadAnswer[] = []
  const pending = new Set<Promise<unknown>>()
  let count = 0
  let isResting = false
  const timer = setInterval(() => {
    if (isResting) return
    const kind = kinds[count % kinds.length]
    count += 1
    if (!kind) return
    const asked = answerOf(kind).then((answer) => void answers.push(answer))
    pending.add(asked)
    void asked.finally(() => pending.delete(asked))
  }, 1000 / perSecond)
  return {
    answers,
    unusedConnection,
    rest: async (ms) => {
      isResting = true
      await sleep(ms)
      isResting = false
    },
    stop: async () => {
      clearInterval(timer)
      await Promise.all(pending)
    },
  }
}
