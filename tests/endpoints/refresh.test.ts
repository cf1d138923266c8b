import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { postMcp, toolCall } from '../support/mcp/mcp-message'
import { register } from '../support/oauth/oauth'
import { connect, refresh, revoke, tokensOf } from '../support/oauth/oauth-tokens'
import { sharedOrigin } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

const origin = sharedOrigin()
const call = (token: string) => postMcp(`${origin}/mcp`, token, toolCall('whoami'))

/** Refreshes with the same token many times at once. */
async function refreshAtOnce(times: number) {
  const connection = await connect(origin)
  const { refresh_token: token } = connection.tokens
  const answers = await Promise.all(
    Array.from({ length: times }, () => refresh(origin, connection, token)),
  )
  return { connection, answers: answers.map(tokensOf) }
}

test(verifies(['A39', 'A29', 'A28'], 'a refresh rotates both tokens'), async () => {
  const connection = await connect(origin)
  const answer = await refresh(origin, connection, connection.tokens.refresh_token)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const next = tokensOf(answer)
  expect(next).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'claudeai' })
  expect(next.refresh_token).not.toBe(connection.tokens.refresh_token)
  expect(decodeJwt(next.access_token).jti).not.toBe(decodeJwt(connection.tokens.access_token).jti)
  expect((await call(next.access_token)).status).toBe(200)
  // the one before is good until it expires: another machine of the client may hold it
  expect((await call(connection.tokens.access_token)).status).toBe(200)
})

test(verifies(['A39'], 'a connection can be refreshed again and again'), async () => {
  const connection = await connect(origin)
  const seen = new Set<string>()
  let token = connection.tokens.refresh_token
  for (let round = 0; round < 5; round += 1) {
    seen.add(token)
    token = tokensOf(await refresh(origin, connection, token)).refresh_token
  }
  expect(seen.size).toBe(5)
  expect(seen.has(token)).toBe(false)
})

describe('the same refresh token at the same time', () => {
  test.each([2, 20])(verifies(['A39'], '%i times leads to one successor'), async (times) => {
    const { connection, answers } = await refreshAtOnce(times)
    expect(new Set(answers.map(({ refresh_token }) => refresh_token)).size).toBe(1)
    expect(new Set(answers.map(({ access_token }) => access_token)).size).toBe(times)
    for (const { access_token: token } of answers) expect((await call(token)).status).toBe(200)
    const successor = answers[0]?.refresh_token ?? ''
    expect((await refresh(origin, connection, successor)).status).toBe(200)
  })

  test(verifies(['A39'], 'and once more, when the answer was lost, leads to it too'), async () => {
    const connection = await connect(origin)
    const { refresh_token: token } = connection.tokens
    const first = tokensOf(await refresh(origin, connection, token))
    const second = tokensOf(await refresh(origin, connection, token))
    expect(second.refresh_token).toBe(first.refresh_token)
    expect((await call(second.access_token)).status).toBe(200)
  })
})

describe('scope', () => {
  const fields = { scope: 'claudeai offline_access' }

  test.each([
    ['omitted', undefined, 'claudeai offline_access'],
    ['empty', '', 'claudeai offline_access'],
    ['the same', 'offline_access claudeai', 'claudeai offline_access'],
    ['less', 'claudeai', 'claudeai'],
    ['less, and not clean', 'claudeai ', 'claudeai'],
  ])(verifies(['A40'], '%s'), async (_title, scope, granted) => {
    const connection = await connect(origin, { fields })
    const next = tokensOf(
      await refresh(origin, connection, connection.tokens.refresh_token, { scope }),
    )
    expect(next.scope).toBe(granted)
    expect(decodeJwt(next.access_token).scope).toBe(granted)
    // what was left out comes back with the next refresh: the grant was not narrowed
    const after = tokensOf(await refresh(origin, connection, next.refresh_token))
    expect(after.scope).toBe('claudeai offline_access')
  })

  test(
    verifies(['A40', 'A30'], 'more than was granted is invalid_scope and costs nothing'),
    async () => {
      const connection = await connect(origin)
      const { refresh_token: token } = connection.tokens
      const wider = await refresh(origin, connection, token, { scope: 'claudeai offline_access' })
      expect([wider.status, wider.body.error]).toEqual([400, 'invalid_scope'])
      expect((await refresh(origin, connection, token)).status).toBe(200)
    },
  )
})

describe('a refusal', () => {
  test(verifies(['A31'], 'an unknown token is invalid_grant'), async () => {
    const client = await register(origin)
    for (const token of ['prt_unknown', 'x'.repeat(3000), '..', '\u00e4']) {
      const { status, body } = await refresh(origin, { client }, token)
      expect([status, body.error]).toEqual([400, 'invalid_grant'])
    }
  })

  test(verifies(['A31', 'A39'], 'a token of another client is invalid_grant'), async () => {
    const connection = await connect(origin)
    const other = await register(origin)
    const { refresh_token: token } = connection.tokens
    const { status, body } = await refresh(origin, { client: other }, token)
    expect([status, body.error]).toEqual([400, 'invalid_grant'])
    expect((await refresh(origin, connection, token)).status).toBe(200)
  })

  test(verifies(['A38'], 'another resource is invalid_target'), async () => {
    const connection = await connect(origin)
    const { refresh_token: token } = connection.tokens
    const fields = { resource: 'https://elsewhere.example/mcp' }
    const { status, body } = await refresh(origin, connection, token, fields)
    expect([status, body.error]).toEqual([400, 'invalid_target'])
    expect((await refresh(origin, connection, token)).status).toBe(200)
  })

  test(verifies(['A31'], 'a revoked token is invalid_grant'), async () => {
    const connection = await connect(origin)
    const { refresh_token: token } = connection.tokens
    await revoke(origin, connection, token)
    const { status, body } = await refresh(origin, connection, token)
    expect([status, body.error]).toEqual([400, 'invalid_grant'])
  })

  test(verifies(['A31'], 'an access token is no refresh token'), async () => {
    const connection = await connect(origin)
    const { status, body } = await refresh(origin, connection, connection.tokens.access_token)
    expect([status, body.error]).toEqual([400, 'invalid_grant'])
  })
})
