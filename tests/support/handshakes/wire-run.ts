import { setTimeout as sleep } from 'node:timers/promises'
import { authorizationUrl, encoded, newPkce, newState, type RegisteredClient } from '../oauth/oauth'
import type { Operator } from '../people/operator'
import { answer } from '../people/operator-consent'
import type { Program, Step } from './wire-sequences'

/** State of a program's run between requests. */
type Held = {
  client: RegisteredClient | null
  verifier: string
  url: URL | null
  code: string
  token: string
}

type Sender = {
  readonly origin: string
  readonly program: Program
  /** the program's address */
  readonly address: string
  /** its user's browser */
  readonly browser: Operator
}

type Asked = { readonly sender: Sender; readonly held: Held; readonly agent: string | null }

const json = { 'content-type': 'application/json' }
const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: 'run', version: '1' },
  },
}
const list = { jsonrpc: '2.0', id: 2, method: 'tools/list', params: {} }

function send({ sender, agent }: Asked, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers)
  headers.set('x-forwarded-for', sender.address)
  headers.set('user-agent', agent ?? '')
  if (!headers.has('accept')) headers.set('accept', 'application/json, text/event-stream')
  return fetch(new URL(path, sender.origin), { ...init, headers, redirect: 'manual' })
}

const postMcp = (asked: Asked, message: unknown, token?: string): Promise<Response> =>
  send(asked, '/mcp', {
    method: 'POST',
    headers: { ...json, ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(message),
  })

async function register(asked: Asked): Promise<void> {
  const { clientName, redirectUri } = asked.sender.program
  const body = JSON.stringify({
    client_name: clientName,
    redirect_uris: [redirectUri],
    token_endpoint_auth_method: 'none',
  })
  const response = await send(asked, '/register', { method: 'POST', headers: json, body })
  asked.held.client = (await response.json()) as RegisteredClient
}

/** The authorization page that the program opens, with this run's state and code challenge. */
function page({ sender, held }: Asked): URL {
  if (held.url) return held.url
  const { verifier, challenge } = newPkce()
  held.verifier = verifier
  const client = held.client ?? { client_id: 'client_gone', redirect_uris: [] }
  held.url = authorizationUrl(sender.origin, client, challenge, { state: newState() })
  return held.url
}

async function decide(asked: Asked, decision: 'allow' | 'deny'): Promise<void> {
  const callback = await answer(asked.sender.browser, page(asked), decision)
  asked.held.code = callback.searchParams.get('code') ?? ''
}

async function exchange(asked: Asked): Promise<void> {
  const { client, code, verifier } = asked.held
  const body = encoded({
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
    client_id: client?.client_id,
    redirect_uri: client?.redirect_uris[0],
  })
  const response = await send(asked, '/token', { method: 'POST', body })
  asked.held.token = ((await response.json()) as { access_token: string }).access_token
}

const wellKnown = '/.well-known/oauth-'
const senders: Readonly<Record<Step[1], (asked: Asked) => Promise<unknown>>> = {
  knock: (asked) => postMcp(asked, initialize),
  get: (asked) => send(asked, '/mcp'),
  dead: (asked) => postMcp(asked, initialize, 'nobody-knows-this-token'),
  resource: (asked) => send(asked, `${wellKnown}protected-resource/mcp`),
  server: (asked) => send(asked, `${wellKnown}authorization-server`),
  register,
  check: (asked) => send(asked, page(asked).href, { headers: { accept: 'application/json' } }),
  gone: (asked) =>
    send(asked, '/authorize?client_id=client_gone', { headers: { accept: 'application/json' } }),
  // a program that continues opens the page in its next step
  browser: async () => undefined,
  allow: (asked) => decide(asked, 'allow'),
  deny: (asked) => decide(asked, 'deny'),
  token: exchange,
  stale: (asked) =>
    send(asked, '/token', {
      method: 'POST',
      body: encoded({ grant_type: 'refresh_token', refresh_token: 'x', client_id: 'client_gone' }),
    }),
  call: (asked) => postMcp(asked, initialize, asked.held.token),
  list: (asked) => postMcp(asked, list, asked.held.token),
}

/** The longest pause between two requests in milliseconds: users are quick here. */
const longestPauseMs = 60

/**
 * Sends one run of a program to a server, step by step.
 *
 * @param held state of an earlier run to continue
 */
export async function sendRun(
  sender: Sender,
  steps: readonly Step[],
  earlier?: Held,
): Promise<Held> {
  const held = earlier ?? { client: null, verifier: '', url: null, code: '', token: '' }
  for (const [ms, what, agent] of steps) {
    await sleep(Math.min(ms, longestPauseMs))
    const response = await senders[what]({ sender, held, agent: agent ?? sender.program.agent })
    if (response instanceof Response) await response.text()
  }
  return held
}
