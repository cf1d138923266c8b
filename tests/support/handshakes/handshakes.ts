import { nameAgent } from '@/lib/events/agent'
import type { EventName } from '@/lib/events/catalogue'
import type { Handshake, HandshakeEvent, Surface } from '@/lib/handshake/handshake'
import { seenOfNothing } from './handshake-event'

/** Handshakes made by hand, for pure rules. Times are ms after {@link began}. */

export const began = Date.parse('2026-11-24T18:24:53Z')
export const origin = 'https://portico.example.com'
export const mcpUrl = `${origin}/mcp`

const agents = {
  python: { userAgent: 'python-httpx/0.28.1', network: 'anthropic' },
  claude: { userAgent: 'Claude-User', network: 'anthropic' },
  browser: { userAgent: 'Mozilla/5.0 (X11) Gecko/20100101 Firefox/145.0', network: 'public' },
  code: { userAgent: 'claude-code/2.1.288 (cli)', network: 'public' },
} as const

/** The sender. */
export type Who = keyof typeof agents

type More = Partial<Omit<HandshakeEvent, 'name' | 'at' | 'detail'>>

/** An event by name, time, sender and detail. */
export type Spec = readonly [
  name: EventName,
  at: number,
  who: Who,
  detail?: Readonly<Record<string, unknown>>,
  more?: More,
]

const statusOf = (name: EventName): number =>
  name === 'mcp.challenged' ? 401 : name.endsWith('.refused') ? 400 : 200

const outcomeOf = (status: number): HandshakeEvent['outcome'] =>
  status >= 500 ? 'failed' : status >= 400 ? 'refused' : 'ok'

/** An event as read from the log. */
export function eventOf([name, at, who, detail = {}, more = {}]: Spec, id: number): HandshakeEvent {
  const { userAgent, network } = agents[who]
  const status = more.status ?? statusOf(name)
  return {
    ...seenOfNothing,
    id: String(id + 1),
    at: began + at,
    name,
    outcome: outcomeOf(status ?? 200),
    requestId: `request-${id}`,
    method: name.endsWith('.served') ? 'GET' : 'POST',
    path: name.startsWith('mcp.') ? '/mcp' : '/',
    status,
    durationMs: 12,
    address: network === 'anthropic' ? '160.79.106.35' : '203.0.113.7',
    network,
    userAgent,
    agent: nameAgent(userAgent, network),
    clientId: 'client_A',
    grantId: name.startsWith('token.') ? 'grant_A' : null,
    detail,
    ...more,
  }
}

const claudeRedirect = 'https://claude.ai/api/mcp/auth_callback'

/** A connection of hosted Claude. */
export const golden: readonly Spec[] = [
  ['mcp.challenged', 0, 'python', { reason: { kind: 'no-credentials' } }],
  ['resource-metadata.served', 200, 'python', { canonical: true }],
  ['server-metadata.served', 400, 'python', { canonical: true }],
  [
    'client.registered',
    700,
    'python',
    { clientName: 'Claude', authMethod: 'none', redirectUris: [claudeRedirect] },
  ],
  ['authorization.requested', 2000, 'browser', { scope: 'claudeai', redirectHost: 'claude.ai' }],
  ['operator.signed-in', 5000, 'browser', { email: 'a@example.com', provider: 'password' }],
  ['consent.shown', 5300, 'browser', { clientName: 'Claude', scope: 'claudeai' }],
  ['consent.granted', 9000, 'browser', { clientName: 'Claude', scope: 'claudeai' }],
  ['code.issued', 9001, 'browser', { expiresIn: 60, redirectHost: 'claude.ai' }],
  ['server-metadata.served', 9400, 'python', { canonical: true }],
  ['token.issued', 9700, 'python', { scope: 'claudeai', tokenId: 'at_A', expiresIn: 3600 }],
  ['mcp.discovered', 10_250, 'claude', { method: 'server/discover', era: 'stateless' }],
  ['mcp.initialized', 10_400, 'claude', { method: 'initialize', era: 'session' }],
  [
    'mcp.refused',
    10_500,
    'claude',
    { reason: { kind: 'answered-with-error', status: 405 } },
    { method: 'GET', status: 405 },
  ],
  ['mcp.listed', 10_600, 'claude', { method: 'tools/list' }],
]

/** When the token of {@link golden} was issued, in ms after {@link began}. */
export const tokenAt = 9700
/** When the silence after it counts as a stall. */
export const silentAt = tokenAt + 15_000

/** The golden trace up to and including the last event with a name. */
export function upTo(name: EventName, trace = golden): Spec[] {
  return trace.slice(0, trace.findLastIndex(([one]) => one === name) + 1)
}

/** The golden trace before the first event with a name. */
export const before = (name: EventName, trace = golden): Spec[] =>
  trace.slice(
    0,
    trace.findIndex(([one]) => one === name),
  )

/** A handshake of these events; stalled at its first MCP request by default. */
export function handshakeOf(
  specs: readonly Spec[],
  verdict: Handshake['verdict'] = { kind: 'stalled', stage: 'first-mcp-request' },
  surface: Surface = 'claude-hosted',
): Handshake {
  const events = specs.map(eventOf).sort((one, other) => one.at - other.at)
  return {
    id: 'handshake_A',
    retryOf: null,
    surface,
    identification: 'dynamic',
    era: null,
    clientId: 'client_A',
    clientName: 'Claude',
    userId: null,
    interactionId: null,
    grantId: null,
    startedAt: events[0]?.at ?? began,
    lastAt: events.at(-1)?.at ?? began,
    stages: [],
    verdict,
    events,
  }
}

export const stalledAt = (
  stage:
    | 'challenge'
    | 'resource-metadata'
    | 'server-metadata'
    | 'client-identified'
    | 'token-issued'
    | 'tools-listed'
    | 'authorization-requested',
): Handshake['verdict'] => ({ kind: 'stalled', stage })
