import { describe, expect, test } from 'vitest'
import { register } from '../../support/oauth/oauth'
import { connect } from '../../support/oauth/oauth-tokens'
import { sharedOrigin } from '../../support/server/portico'

const origin = sharedOrigin()
const client = await register(origin, { client_name: 'Deep' })
const { tokens } = await connect(origin, { client })

const lists = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const members = (depth: number) => `${'{"a":'.repeat(depth)}0${'}'.repeat(depth)}`
const shapes: [string, string][] = [65, 5000, 9000].flatMap((depth): [string, string][] => [
  [`${depth} lists`, lists(depth)],
  [`${depth} objects`, members(depth)],
])

const json = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }
const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${origin}${path}`, { method: 'POST', body, headers: { ...json, ...headers } })

describe.each(shapes)('%s within one another', (_title, deep) => {
  test.each([
    ['in a list', `{"redirect_uris":${deep}}`],
    ['in an unknown member', `{"redirect_uris":["https://a.example/cb"],"x":${deep}}`],
    [
      'in keys',
      `{"redirect_uris":["https://a.example/cb"],"token_endpoint_auth_method":"private_key_jwt","jwks":{"keys":[{"x":${deep}}]}}`,
    ],
    ['alone', deep],
  ])('are no registration: %s', async (_where, body) => {
    const response = await post('/register', body)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: 'invalid_client_metadata' })
  })

  test.each([
    ['a batch', deep],
    ['initialize', `{"jsonrpc":"2.0","id":1,"method":"initialize","params":${deep}}`],
    [
      'a call',
      `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"whoami","arguments":{"a":${deep}}}}`,
    ],
    ['an id', `{"jsonrpc":"2.0","id":${deep},"method":"ping"}`],
  ])('are no message of MCP: %s', async (_where, body) => {
    const response = await post('/mcp', body, { authorization: `Bearer ${tokens.access_token}` })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ jsonrpc: '2.0', error: { code: -32700 } })
  })

  test('are no assertion', async () => {
    const part = (text: string) => Buffer.from(text).toString('base64url')
    for (const [head, claims] of [
      [deep, '{"sub":"x"}'],
      ['{"alg":"ES256"}', `{"sub":"x","a":${deep}}`],
    ]) {
      const fields = {
        grant_type: 'client_credentials',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: [part(head ?? ''), part(claims ?? ''), 'x'].join('.'),
      }
      const body = new URLSearchParams(fields)
      const response = await fetch(`${origin}/token`, { method: 'POST', body })
      expect([400, 401, 413]).toContain(response.status)
    }
  })

  test('are no access token and no sign-in', async () => {
    const jwt = `${Buffer.from(deep).toString('base64url').slice(0, 10_000)}.e30.x`
    const response = await post('/mcp', '{}', { authorization: `Bearer ${jwt}` })
    expect(response.status).toBe(401)
    for (const path of ['callback/credentials', 'callback/passkey', 'signout', 'session']) {
      const answer = await post(`/api/auth/${path}`, deep)
      expect([path, answer.status < 500]).toEqual([path, true])
    }
  })
})
