import { initialize } from '../mcp/mcp-message'
import type { ClientScript } from './claude-script'
import type { Wire } from './claude-wire'

/** What a client learns before it registers. */
export type Discovered = {
  readonly issuer: string
  readonly resource: string
  readonly challengeScope: string | undefined
  readonly serverScopes: readonly string[]
  readonly serverMetadataUrl: string
  readonly authorizationUrl: string
  readonly tokenUrl: string
  readonly registrationUrl: string
}

const parameterOf = (challenge: string, name: string): string | undefined =>
  new RegExp(`\\b${name}="([^"]+)"`).exec(challenge)?.[1]

/** A client's first request, without a token. */
async function requestChallenge(script: ClientScript, mcpUrl: string, wire: Wire): Promise<string> {
  const { method, headers } = script.opening
  const body = JSON.stringify(initialize('2025-11-25', 'Anthropic'))
  const { status, headers: answered } = await wire.send('challenge', 'control', mcpUrl, {
    method,
    headers,
    ...(method === 'POST' ? { body } : {}),
  })
  const challenge = answered.get('www-authenticate')
  if (status !== 401 || !challenge) throw new Error(`no challenge: HTTP ${status}`)
  return challenge
}

type ResourceMetadata = { resource: string; authorization_servers: string[] }
type ServerMetadata = {
  issuer: string
  authorization_endpoint: string
  token_endpoint: string
  registration_endpoint: string
  code_challenge_methods_supported: string[]
  scopes_supported?: string[]
}

/** From the challenge to both metadata documents, with the checks that clients do. */
export async function discover(
  script: ClientScript,
  mcpUrl: string,
  wire: Wire,
): Promise<Discovered> {
  const challenge = await requestChallenge(script, mcpUrl, wire)
  const pointer = parameterOf(challenge, 'resource_metadata')
  if (!pointer || !URL.canParse(pointer)) throw new Error(`no absolute pointer in: ${challenge}`)
  const { discoveryHeaders: headers } = script
  await wire.pause(0.2)
  const resource = await wire.send('resource metadata', 'control', pointer, { headers })
  const { resource: name, authorization_servers: servers } = resource.body as ResourceMetadata
  if (name !== mcpUrl) throw new Error(`resource is ${name} and not what the person typed`)
  const serverMetadataUrl = `${servers[0]}/.well-known/oauth-authorization-server`
  await wire.pause(0.2)
  const server = await wire.send('server metadata', 'control', serverMetadataUrl, { headers })
  const metadata = server.body as ServerMetadata
  if (metadata.issuer !== servers[0]) throw new Error(`issuer is ${metadata.issuer}`)
  if (!metadata.code_challenge_methods_supported.includes('S256')) throw new Error('no S256')
  return {
    issuer: metadata.issuer,
    resource: name,
    challengeScope: parameterOf(challenge, 'scope'),
    serverScopes: metadata.scopes_supported ?? [],
    serverMetadataUrl,
    authorizationUrl: metadata.authorization_endpoint,
    tokenUrl: metadata.token_endpoint,
    registrationUrl: metadata.registration_endpoint,
  }
}
