import { describe, expect, test } from 'vitest'
import { postMcp, toolCall } from '../support/mcp/mcp-message'
import { encoded, postForm, register } from '../support/oauth/oauth'
import { type Connection, connect, refresh, revoke, tokensOf } from '../support/oauth/oauth-tokens'
import { sharedOrigin } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

const origin = sharedOrigin()

/** Which of a connection's tokens still work. */
async function alive(connection: Connection) {
  const { access_token: access, refresh_token: token } = connection.tokens
  const { status } = await postMcp(`${origin}/mcp`, access, toolCall('whoami'))
  return { access: status, refresh: (await refresh(origin, connection, token)).status }
}

const hints = [undefined, 'access_token', 'refresh_token', 'nonsense']

describe.each(hints)('with token_type_hint %j', (hint) => {
  test(verifies(['A64', 'R1'], 'an access token ends alone'), async () => {
    const connection = await connect(origin)
    const { access_token: token } = connection.tokens
    expect((await postMcp(`${origin}/mcp`, token, toolCall('whoami'))).status).toBe(200)
    const { status, text } = await revoke(origin, connection, token, { token_type_hint: hint })
    expect([status, text]).toEqual([200, ''])
    expect(await alive(connection)).toEqual({ access: 401, refresh: 200 })
  })

  test(verifies(['A64', 'R1'], 'a refresh token ends its whole grant'), async () => {
    const connection = await connect(origin)
    const { refresh_token: token, access_token: first } = connection.tokens
    const next = tokensOf(await refresh(origin, connection, token))
    expect((await postMcp(`${origin}/mcp`, first, toolCall('whoami'))).status).toBe(200)
    const { status } = await revoke(origin, connection, next.refresh_token, {
      token_type_hint: hint,
    })
    expect(status).toBe(200)
    expect(await alive(connection)).toEqual({ access: 401, refresh: 400 })
    expect(await alive({ ...connection, tokens: next })).toEqual({ access: 401, refresh: 400 })
  })
})

test(verifies(['A64'], 'a token that is unknown or gone is no error'), async () => {
  const connection = await connect(origin)
  const { access_token: access, refresh_token: token } = connection.tokens
  const unknown = ['prt_unknown', 'a.b.c', 'x'.repeat(3000), `${access}x`]
  for (const one of [...unknown, token, token, access, access]) {
    const { status, headers } = await revoke(origin, connection, one)
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('no-store')
  }
})

test(verifies(['A64'], 'another client cannot revoke it'), async () => {
  const connection = await connect(origin)
  const client = await register(origin)
  for (const token of [connection.tokens.access_token, connection.tokens.refresh_token]) {
    const { status, body } = await revoke(origin, { client }, token)
    expect([status, body.error]).toEqual([400, 'invalid_grant'])
  }
  expect(await alive(connection)).toEqual({ access: 200, refresh: 200 })
})

describe('who asks', () => {
  test(verifies(['A64', 'A5'], 'a client with a secret must show it'), async () => {
    const client = await register(origin, { token_endpoint_auth_method: 'client_secret_basic' })
    const connection = await connect(origin, { client })
    const { access_token: token } = connection.tokens
    const bare = { token, client_id: client.client_id }
    const refused = await postForm(`${origin}/revoke`, bare)
    expect([refused.status, refused.body.error]).toEqual([401, 'invalid_client'])
    const wrong = await postForm(`${origin}/revoke`, { ...bare, client_secret: 'psec_wrong' })
    expect(wrong.status).toBe(401)
    const authorization = `Basic ${btoa(`${client.client_id}:${client.client_secret}`)}`
    const init = { method: 'POST', body: encoded({ token }), headers: { authorization } }
    expect((await fetch(`${origin}/revoke`, init)).status).toBe(200)
    expect((await alive(connection)).access).toBe(401)
  })

  test.each([
    ['no client', { token: 'x' }, 401, 'invalid_client'],
    ['an unknown client', { token: 'x', client_id: 'client_unknown' }, 401, 'invalid_client'],
  ])(verifies(['A64', 'A30'], '%s is refused'), async (_title, fields, status, error) => {
    const answer = await postForm(`${origin}/revoke`, fields)
    expect([answer.status, answer.body.error]).toEqual([status, error])
  })

  test(verifies(['A64'], 'no token is invalid_request'), async () => {
    const { client_id } = await register(origin)
    const { status, body } = await postForm(`${origin}/revoke`, { client_id })
    expect([status, body.error]).toEqual([400, 'invalid_request'])
  })
})
