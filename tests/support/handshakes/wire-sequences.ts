import type { EventName } from '@/lib/events/catalogue'
import type { HandshakeEvent } from '@/lib/handshake/handshake'
import { handshakeEvent } from './handshake-event'

/**
 * What local programs send, request by request, as observed with their unmodified packages:
 * mcpc 0.3, Codex 0.171, mcp-remote 0.15, opencode 1.18 and a client of the TypeScript SDK.
 * One step is its delay after the previous one in milliseconds, what it is, and the program's
 * user agent.
 */
export type Step = readonly [ms: number, what: What, agent?: string]

type What =
  | 'knock'
  | 'get'
  | 'dead'
  | 'resource'
  | 'server'
  | 'register'
  | 'check'
  | 'gone'
  | 'browser'
  | 'allow'
  | 'deny'
  | 'token'
  | 'stale'
  | 'call'
  | 'list'

/** A program as a server sees it. */
export type Program = {
  readonly name: string
  /** its user agent if a step has none */
  readonly agent: string | null
  readonly clientName: string
  readonly redirectUri: string
  /** the URL of its metadata document, if it has one and does not register */
  readonly document?: string
}

const node = 'node'
const undici = 'undici'

export const mcpc: Program = {
  name: 'mcpc',
  agent: node,
  clientName: 'mcpc',
  redirectUri: 'http://localhost:8000/callback',
}
export const codex: Program = {
  name: 'Codex',
  agent: 'codex-mcp-client/0.171.0',
  clientName: 'Codex',
  redirectUri: 'http://127.0.0.1:44801/callback',
}
export const codexByDocument: Program = {
  ...codex,
  document: 'https://chatgpt.com/oauth/codex/client.json',
}
export const mcpRemote: Program = {
  name: 'mcp-remote',
  agent: undici,
  clientName: 'MCP CLI Proxy',
  redirectUri: 'http://localhost:47151/oauth/callback',
}
export const opencode: Program = {
  name: 'opencode',
  agent: 'opencode/1.18.33',
  clientName: 'OpenCode',
  redirectUri: 'http://127.0.0.1:19876/mcp/oauth/callback',
}
export const sdk: Program = {
  name: 'SDK',
  agent: node,
  clientName: 'my agent',
  redirectUri: 'http://localhost:8090/callback',
}
export const python: Program = {
  name: 'Python',
  agent: 'python-requests/2.32.5',
  clientName: 'nightly job',
  redirectUri: 'http://localhost:3030/callback',
}
export const claudeCode: Program = {
  name: 'Claude Code',
  agent: 'claude-code/2.1.288 (cli)',
  clientName: 'Claude Code (portico)',
  redirectUri: 'http://localhost:51703/callback',
}

export const gemini: Program = {
  name: 'Gemini CLI',
  agent: node,
  clientName: 'Gemini CLI MCP Client',
  redirectUri: 'http://localhost:44809/oauth/callback',
}

/** A challenge and both documents, twice, as Codex requests them. */
const codexDiscovery: readonly Step[] = [
  [0, 'get'],
  [1, 'resource'],
  [1, 'server'],
  [2, 'get'],
  [1, 'resource'],
  [1, 'server'],
]
const remoteDiscovery: readonly Step[] = [
  [0, 'get', undici],
  [32, 'resource', node],
  [20, 'server', node],
  [14, 'get', node],
  [99, 'knock', undici],
  [202, 'resource', undici],
  [7, 'server', undici],
]
const opencodeDiscovery: readonly Step[] = [
  [0, 'knock'],
  [16, 'resource'],
  [12, 'server'],
  [225, 'knock'],
  [1, 'resource'],
  [1, 'server'],
]
const usualDiscovery: readonly Step[] = [
  [0, 'knock'],
  [20, 'resource'],
  [10, 'server'],
]
const calls: readonly Step[] = [
  [15, 'call'],
  [100, 'list'],
]

/** `mcpc login`: signs in and stops, without a request to the endpoint. */
export const mcpcLogin: readonly Step[] = [
  [0, 'resource'],
  [25, 'server'],
  [15, 'register'],
  [1076, 'browser'],
  [4000, 'allow'],
  [16, 'resource'],
  [8, 'server'],
  [12, 'token'],
]
/** `mcpc connect`, with the tokens of the login. */
export const mcpcConnect: readonly Step[] = [
  [0, 'call', undici],
  [60, 'list', undici],
]
/** `codex mcp login`. */
export const codexLogin: readonly Step[] = [
  ...codexDiscovery,
  [16, 'register'],
  [1023, 'browser'],
  [4000, 'allow'],
  [5, 'token'],
]
/** The same with its metadata document: it does not register. */
export const codexLoginByDocument: readonly Step[] = codexLogin.filter(
  ([, what]) => what !== 'register',
)
/** Codex starts and checks whether sign-in is required, although it has a valid token. */
export const codexStart: readonly Step[] = [
  ...codexDiscovery.slice(0, 3),
  [200, 'call'],
  [100, 'list'],
]
export const mcpRemoteFirst: readonly Step[] = [
  ...remoteDiscovery,
  [126, 'register'],
  [1000, 'browser'],
  [4000, 'allow'],
  [44, 'token'],
  ...calls,
]
/** The user never opens the browser. */
export const mcpRemoteUnopened: readonly Step[] = mcpRemoteFirst.slice(0, 8)
/** It has a stored client id, and checks whether that is still known. */
export const mcpRemoteAgain: readonly Step[] = [
  ...remoteDiscovery,
  [12, 'check', node],
  [5396, 'browser'],
  [4000, 'allow'],
  [44, 'token'],
  ...calls,
]
/** It starts with a valid token, and sends a request without it first. */
export const mcpRemoteStart: readonly Step[] = [
  ...remoteDiscovery.slice(0, 3),
  [223, 'call', undici],
  [60, 'list', undici],
]
/** Everything it stores is unknown here: the token, the refresh token, its client id. */
export const mcpRemoteAfterWipe: readonly Step[] = [
  ...remoteDiscovery.slice(0, 3),
  [59, 'dead', undici],
  [12, 'resource', undici],
  [6, 'server', undici],
  [15, 'stale', undici],
  [11, 'knock', undici],
  [2, 'resource', undici],
  [5, 'server', undici],
  [13, 'gone', node],
  [60, 'register', undici],
  [1000, 'browser'],
  [4000, 'allow'],
  [44, 'token'],
  ...calls,
]
/** `opencode mcp auth`. */
export const opencodeAuth: readonly Step[] = [
  ...opencodeDiscovery,
  [1, 'register'],
  [1058, 'browser'],
  [4000, 'allow'],
  [24, 'resource'],
  [2, 'server'],
  [11, 'token'],
  ...calls,
]
/** `opencode mcp list`: it registers, to report that sign-in is required. */
export const opencodeList: readonly Step[] = [...opencodeDiscovery.slice(0, 3), [50, 'register']]
/** Gemini CLI: it is refused, sends HEAD, and reads the documents. */
export const geminiAuth: readonly Step[] = [
  [0, 'knock'],
  [319, 'get'],
  [208, 'resource'],
  [102, 'server'],
  [10, 'server'],
  [36, 'register'],
  [5770, 'browser'],
  [500, 'allow'],
  [149, 'token'],
  [318, 'call'],
  [99, 'list'],
]
const bun = 'Bun/1.4.6'
/** `claude mcp login`: its runtime discovers, without a request to the endpoint. */
export const claudeLogin: readonly Step[] = [
  [0, 'resource', bun],
  [8, 'server', bun],
  [17, 'resource', bun],
  [10, 'server', bun],
  [2400, 'browser'],
  [500, 'allow'],
  [90, 'token', bun],
]
/** A token unknown here, and the documents again. */
export const deadTokenRound: readonly Step[] = [
  [0, 'dead'],
  [10, 'resource'],
  [10, 'server'],
]
/** What most clients send. */
export const usual: readonly Step[] = [
  ...usualDiscovery,
  [30, 'register'],
  [900, 'browser'],
  [4000, 'allow'],
  [40, 'token'],
  ...calls,
]

/** Up to a step, then the user denies. */
export const denied = (steps: readonly Step[]): Step[] => [
  ...steps.slice(
    0,
    steps.findIndex(([, what]) => what === 'allow'),
  ),
  [3000, 'deny'],
]

/** Up to and including the first step of a kind. */
export const until = (steps: readonly Step[], last: What): Step[] =>
  steps.slice(0, steps.findIndex(([, what]) => what === last) + 1)

/** One run of a program. */
export type Run = {
  readonly program: Program
  readonly steps: readonly Step[]
  /** distinguishes this run's interaction and grant from others */
  readonly key: string
  readonly at: number
  /** the program's; its browser's if that differs */
  readonly address?: string
  readonly browserAddress?: string
  /** identifies the browser, if it has a session cookie */
  readonly browser?: string
  /** a grant of an earlier run */
  readonly grant?: string
  /** its client id, if not the one that identical registrations share */
  readonly clientId?: string
}

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'
const no = { outcome: 'refused' } as const

type Line = readonly [EventName, Partial<HandshakeEvent>]
type Naming = { readonly run: Run; readonly clientId: string; readonly agent: string | null }

const challenge = (method: string, detail: HandshakeEvent['detail']): Line => [
  'mcp.challenged',
  { ...no, method, status: 401, detail },
]
const document = (
  name: 'resource-metadata.served' | 'server-metadata.served',
  path: string,
): Line => [name, { method: 'GET', path: `/.well-known/${path}`, detail: { canonical: true } }]

/** What Portico records of the program's own requests. */
function ofProgram(what: What, { run, clientId }: Naming): Line[] {
  const { program, key, grant = `grant_${key}` } = run
  const { clientName, redirectUri } = program
  const keyed = { clientId, grantId: grant, userId: 'user_1' }
  switch (what) {
    case 'knock':
      return [challenge('POST', { reason: { kind: 'no-credentials' } })]
    case 'get':
      return [challenge('GET', { reason: { kind: 'no-credentials' } })]
    case 'dead':
      return [challenge('POST', { error: 'invalid_token', reason: { kind: 'token-unknown' } })]
    case 'resource':
      return [document('resource-metadata.served', 'oauth-protected-resource/mcp')]
    case 'server':
      return [document('server-metadata.served', 'oauth-authorization-server')]
    case 'register': {
      const detail = { clientName, redirectUris: [redirectUri], authMethod: 'none' }
      return [['client.registered', { clientId, path: '/register', status: 201, detail }]]
    }
    case 'check': {
      const detail = { clientName, redirectHost: new URL(redirectUri).host }
      const checked = { method: 'GET', path: '/authorize', status: 200, clientId, detail }
      return [['authorization.checked', checked]]
    }
    case 'gone': {
      const detail = { error: 'invalid_client', reason: { kind: 'client-unknown' } }
      const given = { ...no, method: 'GET', path: '/authorize', status: 401, detail }
      return [['authorization.checked', { ...given, clientId: `${clientId}_gone` }]]
    }
    case 'token':
      return [['token.issued', { ...keyed, path: '/token', detail: { tokenId: `at_${key}` } }]]
    case 'stale': {
      const detail = { error: 'invalid_client', reason: { kind: 'client-unknown' } }
      const given = { ...no, path: '/token', status: 401, detail }
      return [['token.refused', { ...given, clientId: `${clientId}_gone` }]]
    }
    case 'call':
      return [['mcp.initialized', { ...keyed, detail: { method: 'initialize', era: 'session' } }]]
    default:
      return [['mcp.listed', { ...keyed, detail: { method: 'tools/list', era: 'session' } }]]
  }
}

/** What Portico records of the user's browser. */
function ofBrowser(what: What, { run, clientId }: Naming): Line[] {
  const { program, key } = run
  const interactionId = `int_${key}`
  const ids = { clientId, interactionId }
  const person = { ...ids, userId: 'user_1', path: `/consent/${interactionId}` }
  if (what === 'browser') {
    const redirectHost = new URL(program.redirectUri).host
    const detail = {
      clientName: program.clientName,
      redirectHost,
      run: `run_${key}`,
      browser: run.browser,
    }
    const given = { ...ids, method: 'GET', path: '/authorize', status: 303, detail }
    const fetched = { clientId, detail: { clientName: program.clientName, freshFor: 300 } }
    const fetches: Line[] = program.document ? [['document.fetched', fetched]] : []
    return [...fetches, ['authorization.requested', given]]
  }
  const shown: Line = ['consent.shown', { ...person, method: 'GET' }]
  if (what === 'deny') return [shown, ['consent.denied', { ...person, ...no, status: 303 }]]
  const granted = { ...person, grantId: `grant_${key}`, status: 303 }
  return [shown, ['consent.granted', granted], ['code.issued', granted]]
}

const isBrowsers = (what: What): boolean => ['browser', 'allow', 'deny'].includes(what)

/** What Portico records of one run, without log ids: {@link inLog} assigns them. */
export function eventsOfRun(run: Run): HandshakeEvent[] {
  const { program, key } = run
  const clientId = program.document ?? run.clientId ?? `client_${program.clientName}`
  let at = run.at
  return run.steps.flatMap(([ms, what, agent], place) => {
    at += ms
    const naming = { run, clientId, agent: agent ?? program.agent }
    const isBrowser = isBrowsers(what)
    const lines = isBrowser ? ofBrowser(what, naming) : ofProgram(what, naming)
    const home = run.address ?? '203.0.113.7'
    return lines.map(([name, given]) =>
      handshakeEvent(name, at, {
        requestId: `${key} ${place}`,
        userAgent: isBrowser ? firefox : naming.agent,
        address: isBrowser ? (run.browserAddress ?? home) : home,
        ...given,
      }),
    )
  })
}

/** Several runs as the log has them, by time. */
export const inLog = (...runs: readonly Run[]): HandshakeEvent[] =>
  runs
    .flatMap(eventsOfRun)
    .toSorted((a, b) => a.at - b.at)
    .map((event, place) => ({ ...event, id: String(place + 1) }))
