import type { Facts, Probe, ProbeAnswer } from '@/lib/diagnosis/facts'
import { nameAgent } from '@/lib/events/agent'
import type { EventName } from '@/lib/events/catalogue'
import type { Handshake, HandshakeEvent, Surface } from '@/lib/handshake/handshake'

/** Handshakes, facts and probes made by hand, for rules that are pure. Times are ms after {@link began}. */

export const began = Date.parse('2026-11-24T18:24:53Z')
export const origin = 'https://portico.example.com'
export const mcpUrl = `${origin}/mcp`

const agents = {
  python: { userAgent: 'python-httpx/0.28.1', network: 'anthropic' },
  claude: { userAgent: 'Claude-User', network: 'anthropic' },
  browser: { userAgent: 'Mozilla/5.0 (X11) Gecko/20100101 Firefox/145.0', network: 'public' },
  code: { userAgent: 'claude-code/2.1.288 (cli)', network: 'public' },
} as const

/** Who sends. */
export type Who = keyof typeof agents

type More = Partial<Omit<HandshakeEvent, 'name' | 'at' | 'detail'>>

/** An event by its name, its time, who sent it and what it tells. */
export type Told = readonly [
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

/** An event as it would be read from the log. */
export function eventOf([name, at, who, detail = {}, more = {}]: Told, id: number): HandshakeEvent {
  const { userAgent, network } = agents[who]
  const status = more.status ?? statusOf(name)
  return {
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
    edge: null,
    clientId: 'client_A',
    interactionId: null,
    grantId: name.startsWith('token.') ? 'grant_A' : null,
    sessionId: null,
    userId: null,
    detail,
    ...more,
  }
}

const claudeRedirect = 'https://claude.ai/api/mcp/auth_callback'

/** A connection as hosted Claude makes it. */
export const golden: readonly Told[] = [
  ['mcp.challenged', 0, 'python', { reason: 'no credentials' }],
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
  ['mcp.refused', 10_500, 'claude', { reason: 'HTTP 405' }, { method: 'GET', status: 405 }],
  ['mcp.listed', 10_600, 'claude', { method: 'tools/list' }],
]

/** When the token of {@link golden} was issued, in ms after {@link began}. */
export const tokenAt = 9700
/** When silence after it is a fact. */
export const silentAt = tokenAt + 15_000

/** The golden trace up to and with the last event of a name. */
export function upTo(name: EventName, trace = golden): Told[] {
  return trace.slice(0, trace.findLastIndex(([told]) => told === name) + 1)
}

/** The golden trace before the first event of a name. */
export const before = (name: EventName, trace = golden): Told[] =>
  trace.slice(
    0,
    trace.findIndex(([told]) => told === name),
  )

/** A handshake of these events; stalled at its first MCP request unless said otherwise. */
export function handshakeOf(
  told: readonly Told[],
  verdict: Handshake['verdict'] = { kind: 'stalled', stage: 'first-mcp-request' },
  surface: Surface = 'claude-hosted',
): Handshake {
  const events = told.map(eventOf).sort((one, other) => one.at - other.at)
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

const pointer = `${origin}/.well-known/oauth-protected-resource/mcp`
const challenge = `Bearer resource_metadata="${pointer}", scope="claudeai"`
const sawToken = `Bearer error="invalid_token", ${challenge.slice('Bearer '.length)}`

const resourceMetadata = { resource: mcpUrl, authorization_servers: [origin] }
const serverMetadata = {
  issuer: origin,
  authorization_endpoint: `${origin}/authorize`,
  token_endpoint: `${origin}/token`,
  registration_endpoint: `${origin}/register`,
  jwks_uri: `${origin}/.well-known/jwks.json`,
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['none', 'client_secret_post'],
  client_id_metadata_document_supported: true,
}

type Target = ProbeAnswer['target']
type Changes = Partial<Record<Target, Partial<ProbeAnswer>>>

const json = { 'content-type': 'application/json' }

function rightAnswer(target: Target): Pick<ProbeAnswer, 'url' | 'status' | 'headers' | 'body'> {
  const document = (path: string, body: object) => ({
    url: `${origin}/.well-known/${path}`,
    status: 200,
    headers: json,
    body: JSON.stringify(body),
  })
  if (target === 'resource-metadata') {
    return document('oauth-protected-resource/mcp', resourceMetadata)
  }
  if (target === 'resource-metadata-root') {
    return document('oauth-protected-resource', resourceMetadata)
  }
  if (target === 'server-metadata') return document('oauth-authorization-server', serverMetadata)
  if (target === 'server-metadata-suffixed') {
    return document('oauth-authorization-server/mcp', serverMetadata)
  }
  if (target === 'jwks') return document('jwks.json', { keys: [] })
  return {
    url: target === 'trailing-slash' ? `${mcpUrl}/` : mcpUrl,
    status: 401,
    headers: { ...json, 'www-authenticate': target === 'bearer-echo' ? sawToken : challenge },
    body: '{"error":"unauthorized"}',
  }
}

export const allTargets: readonly Target[] = [
  'resource-metadata',
  'resource-metadata-root',
  'server-metadata',
  'server-metadata-suffixed',
  'jwks',
  'challenge-post',
  'challenge-get',
  'challenge-post-claude-user',
  'bearer-echo',
  'trailing-slash',
]

/** A look from outside, healthy but for what is changed. */
export function probeOf(changes: Changes = {}, more: Partial<Probe> = {}): Probe {
  return {
    at: began,
    origin,
    addresses: ['93.184.216.34'],
    answers: allTargets.map((target) => ({
      target,
      method: target.startsWith('challenge') && target !== 'challenge-get' ? 'POST' : 'GET',
      userAgent: target.endsWith('claude-user')
        ? 'Claude-User portico-probe'
        : 'python-httpx/0.28.1 portico-probe',
      error: null,
      durationMs: 9,
      ...rightAnswer(target),
      ...changes[target],
    })),
    ...more,
  }
}

/** A look in which every question got the same answer. */
export const probeAll = (answer: Partial<ProbeAnswer>, more: Partial<Probe> = {}): Probe =>
  probeOf(Object.fromEntries(allTargets.map((target) => [target, answer])), more)

/** Changed members of the metadata, as an answer. */
export const servedAs = (members: Readonly<Record<string, unknown>>): Partial<ProbeAnswer> => ({
  body: JSON.stringify({ ...serverMetadata, ...members }),
})

/** Changed members of the resource's metadata, as an answer. */
export const resourceServedAs = (
  members: Readonly<Record<string, unknown>>,
): Partial<ProbeAnswer> => ({ body: JSON.stringify({ ...resourceMetadata, ...members }) })

/** A challenge with another header. */
export const challengedWith = (header: string): Partial<ProbeAnswer> => ({
  headers: { ...json, 'www-authenticate': header },
})

export const page = (status: number, body = '<!doctype html><title>Home</title>') => ({
  status,
  headers: { 'content-type': 'text/html' },
  body,
})

export const redirect = (status: number, location: string) => ({
  status,
  headers: { location },
  body: '',
})

type FactChanges = Partial<Omit<Facts, 'settings'>> & { settings?: Partial<Facts['settings']> }

/** Facts of a server that is well and was looked at. */
export function factsOf({ settings, ...changes }: FactChanges = {}): Facts {
  return {
    origin,
    mcpUrl,
    probe: probeOf(),
    claudeUserSeen: true,
    claudeUserLastSeenAt: began - 3_600_000,
    edgeMarks: [],
    failingAlike: 0,
    clockSkewMs: 0,
    startedAt: began - 86_400_000,
    settings: {
      proxyHops: 1,
      accessTokenSeconds: 3600,
      refreshIdleSeconds: 2_592_000,
      databaseKind: 'postgresql',
      hasDisk: true,
      ...settings,
    },
    ...changes,
  }
}
