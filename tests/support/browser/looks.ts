import type { Facts, Probe, ProbeAnswer } from '@/lib/diagnosis/facts'
import { began, mcpUrl, origin } from '../handshakes/handshakes'

/** Self-check results and facts made by hand, for pure rules. */

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

/** A healthy self-check result, with changes. */
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

/** A self-check result in which every probe got the same answer. */
export const probeAll = (answer: Partial<ProbeAnswer>, more: Partial<Probe> = {}): Probe =>
  probeOf(Object.fromEntries(allTargets.map((target) => [target, answer])), more)

/** The server metadata with changes, as an answer. */
export const servedAs = (members: Readonly<Record<string, unknown>>): Partial<ProbeAnswer> => ({
  body: JSON.stringify({ ...serverMetadata, ...members }),
})

/** The resource metadata with changes, as an answer. */
export const resourceServedAs = (
  members: Readonly<Record<string, unknown>>,
): Partial<ProbeAnswer> => ({ body: JSON.stringify({ ...resourceMetadata, ...members }) })

/** A challenge with another `WWW-Authenticate` header. */
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

/** Facts of a healthy server that was checked. */
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
    clocksApart: [],
    startedAt: began - 86_400_000,
    settings: {
      proxyHops: 1,
      accessTokenSeconds: 3600,
      databaseKind: 'postgresql',
      ...settings,
    },
    ...changes,
  }
}
