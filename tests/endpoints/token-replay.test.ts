import { expect, test } from 'vitest'
import { postMcp, toolCall } from '../support/mcp/mcp-message'
import { newPkce, obtainCode } from '../support/oauth/oauth'
import { connect, exchangeCode, refresh, tokensOf } from '../support/oauth/oauth-tokens'
import { sharedOrigin } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

const origin = sharedOrigin()
const call = async (token: string) =>
  (await postMcp(`${origin}/mcp`, token, toolCall('whoami'))).status

test(
  verifies(['A34', 'A25', 'A31'], 'a replayed code with the right verifier ends the grant'),
  async () => {
    const connection = await connect(origin)
    const { access_token: access, refresh_token: refreshToken } = connection.tokens
    expect(await call(access)).toBe(200)
    const replay = await exchangeCode(origin, connection)
    expect([replay.status, replay.body.error]).toEqual([400, 'invalid_grant'])
    expect(await call(access)).toBe(401)
    const refreshed = await refresh(origin, connection, refreshToken)
    expect([refreshed.status, refreshed.body.error]).toEqual([400, 'invalid_grant'])
  },
)

test.each([
  ['a wrong verifier', { code_verifier: newPkce().verifier }],
  ['no verifier', { code_verifier: undefined }],
  ['another redirect URI', { redirect_uri: 'https://client.example/other' }],
])(verifies(['A34', 'A25'], 'a replayed code with %s ends nothing'), async (_title, fields) => {
  const connection = await connect(origin)
  expect((await exchangeCode(origin, connection, fields)).status).toBe(400)
  expect(await call(connection.tokens.access_token)).toBe(200)
  expect((await refresh(origin, connection, connection.tokens.refresh_token)).status).toBe(200)
})

test(verifies(['A34', 'A25'], 'of ten exchanges at once at most one succeeds'), async () => {
  const code = await obtainCode(origin)
  const answers = await Promise.all(Array.from({ length: 10 }, () => exchangeCode(origin, code)))
  const successes = answers.filter(({ status }) => status === 200)
  expect(successes.length).toBeLessThanOrEqual(1)
  for (const answer of answers) expect([200, 400]).toContain(answer.status)
  // the others are replays, so what was issued is gone
  for (const answer of successes) expect(await call(tokensOf(answer).access_token)).toBe(401)
})
