import { describe, expect, test } from 'vitest'
import { read } from '../support/oauth/oauth'
import { sharedOrigin } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

const origin = sharedOrigin()
const paths = {
  resource: '/.well-known/oauth-protected-resource/mcp',
  resourceAtRoot: '/.well-known/oauth-protected-resource',
  server: '/.well-known/oauth-authorization-server',
  serverSuffixed: '/.well-known/oauth-authorization-server/mcp',
}
const served = Object.values(paths).flatMap((path) => [path, `${path}/`])

const open = (path: string, init?: RequestInit) =>
  fetch(`${origin}${path}`, { redirect: 'manual', ...init })

/** Every value of a document, with the path to it. */
function valuesOf(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]]
  const entries = Object.entries(value)
  return entries.length === 0
    ? [[path, value]]
    : entries.flatMap(([name, member]) => valuesOf(member, `${path}.${name}`))
}

describe('every discovery document', () => {
  test.each(served)(verifies(['D1', 'D2', 'D3', 'D4', 'A69'], 'is served at %s'), async (path) => {
    const { status, headers, body } = await read(await open(path))
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('application/json')
    expect(headers.get('cache-control')).toMatch(/max-age=(60|[1-2]\d\d|300)\b/)
    expect(Object.keys(body).length).toBeGreaterThan(4)
  })

  test.each(served)('is not sent to HEAD, but told of: %s', async (path) => {
    const response = await open(path, { method: 'HEAD' })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.text()).toBe('')
  })

  test.each(served)('is read only: %s', async (path) => {
    const response = await open(path, { method: 'POST', body: '{}' })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
  })

  test.each([
    [paths.resource, paths.resourceAtRoot],
    [paths.server, paths.serverSuffixed],
  ])(verifies(['D2', 'D4'], 'is the same bytes at %s and %s'), async (one, other) => {
    const bytes = async (path: string) => Buffer.from(await (await open(path)).arrayBuffer())
    expect((await bytes(one)).equals(await bytes(other))).toBe(true)
  })

  test.each(served)(verifies(['F1', 'A1'], 'has nothing empty in it: %s'), async (path) => {
    const { body } = await read(await open(path))
    const empty = valuesOf(body).filter(
      ([, value]) => value === null || /^\s*$/.test(String(value)) || typeof value === 'object',
    )
    expect(empty).toEqual([])
  })

  test.each(served)('is the same whatever Host or proxy header says: %s', async (path) => {
    const headers = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }
    const plain = await (await open(path)).text()
    expect(await (await open(path, { headers })).text()).toBe(plain)
  })
})

test(verifies(['F3', 'F1'], 'the resource metadata names the resource exactly'), async () => {
  const { body } = await read(await open(paths.resource))
  expect(body).toEqual({
    resource: `${origin}/mcp`,
    authorization_servers: [origin],
    scopes_supported: ['claudeai'],
    bearer_methods_supported: ['header'],
    resource_name: expect.stringMatching(/\S/),
  })
})

test(
  verifies(['A1', 'A3', 'A4', 'A5', 'A6', 'A7', 'F4', 'A41'], 'the server metadata is complete'),
  async () => {
    const { body } = await read(await open(paths.server))
    const authenticated = ['client_secret_post', 'client_secret_basic', 'private_key_jwt']
    const methods = ['none', ...authenticated]
    const algorithms = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA']
    expect(body).toEqual({
      issuer: origin,
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: `${origin}/token`,
      registration_endpoint: `${origin}/register`,
      revocation_endpoint: `${origin}/revoke`,
      introspection_endpoint: `${origin}/introspect`,
      jwks_uri: `${origin}/.well-known/jwks.json`,
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: methods,
      token_endpoint_auth_signing_alg_values_supported: algorithms,
      revocation_endpoint_auth_methods_supported: methods,
      revocation_endpoint_auth_signing_alg_values_supported: algorithms,
      introspection_endpoint_auth_methods_supported: authenticated,
      introspection_endpoint_auth_signing_alg_values_supported: algorithms,
      scopes_supported: ['claudeai', 'offline_access'],
      authorization_response_iss_parameter_supported: true,
      client_id_metadata_document_supported: true,
      protected_resources: [`${origin}/mcp`],
    })
  },
)

test(verifies(['A2'], 'the issuer is byte-equal in both documents'), async () => {
  const resource = await read(await open(paths.resource))
  const server = await read(await open(paths.server))
  expect(resource.body.authorization_servers).toEqual([server.body.issuer])
  expect(server.body.issuer).not.toMatch(/\/$/)
})

test(verifies(['A8'], 'every endpoint that is announced answers in its own words'), async () => {
  const { body } = await read(await open(paths.server))
  const answers = {
    authorization_endpoint: ['GET', 400],
    token_endpoint: ['POST', 400],
    registration_endpoint: ['POST', 400],
    revocation_endpoint: ['POST', 400],
    introspection_endpoint: ['POST', 400],
    jwks_uri: ['GET', 200],
  } as const
  const announced = Object.keys(body).filter((name) => /_(endpoint|uri)$/.test(name))
  expect(announced.sort()).toEqual(Object.keys(answers).sort())
  for (const [name, [method, status]] of Object.entries(answers)) {
    const response = await fetch(String(body[name]), { method, redirect: 'manual' })
    expect([name, response.status]).toEqual([name, status])
  }
})

describe('what is not served', () => {
  test.each(['/.well-known/openid-configuration', '/.well-known/openid-configuration/mcp'])(
    verifies(['D5'], '%s is a JSON 404 with a hint'),
    async (path) => {
      const { status, body } = await read(await open(path, { headers: { accept: 'text/html' } }))
      expect(status).toBe(404)
      expect(body.error_description).toContain('/.well-known/oauth-authorization-server')
    },
  )

  test.each([
    '/mcp/.well-known/openid-configuration',
    '/mcp/.well-known/oauth-protected-resource',
    '/mcp/.well-known/oauth-authorization-server',
  ])(verifies(['D6', 'A69'], '%s is a JSON 404'), async (path) => {
    expect(await read(await open(path))).toMatchObject({
      status: 404,
      body: { error: 'not_found' },
    })
  })

  test.each([
    '/.well-known/oauth-protected-resource/other',
    '/.well-known/oauth-protected-resource/mcp/more',
    '/.well-known/oauth-authorization-server/other',
    '/.well-known/openai-apps-challenge',
    '/.well-known/change-password',
    '/.well-known/a/b/c/',
  ])(verifies(['D7', 'A69'], '%s is a JSON 404, for a browser too'), async (path) => {
    const { status, headers, body } = await read(
      await open(path, { headers: { accept: 'text/html' } }),
    )
    expect(status).toBe(404)
    expect(headers.get('content-type')).toBe('application/json')
    expect(body.error).toBe('not_found')
  })
})
