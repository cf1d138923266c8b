import { describe, expect, test } from 'vitest'
import { postMcp, toolCall } from '../../support/mcp/mcp-message'
import { newPkce, obtainCode, register } from '../../support/oauth/oauth'
import { connect, credentialsOf, exchangeCode, refresh } from '../../support/oauth/oauth-tokens'
import { sharedOrigin } from '../../support/server/portico'
import { verifies } from '../../support/sources/verifies'

const origin = sharedOrigin()
const call = async (token: string) =>
  (await postMcp(`${origin}/mcp`, token, toolCall('whoami'))).status

const refusal = [400, 'invalid_grant']

describe('RFC 9700 §4.5: injection of an authorization code', () => {
  test(verifies(['A25', 'A32'], 'a stolen code is useless to another client'), async () => {
    const stolen = await obtainCode(origin)
    const thieves = [
      await register(origin, { client_name: 'Thief' }),
      await register(origin, { client_name: 'Thief', token_endpoint_auth_method: undefined }),
    ]
    for (const thief of thieves) {
      // even with the verifier
      const { status, body } = await exchangeCode(origin, stolen, credentialsOf({ client: thief }))
      expect([status, body.error]).toEqual(refusal)
    }
    expect((await exchangeCode(origin, stolen)).status).toBe(200)
  })

  test(
    verifies(['A32'], 'a stolen code does not fit into another session of its client'),
    async () => {
      const client = await register(origin)
      const stolen = await obtainCode(origin, { client })
      const own = await obtainCode(origin, { client })
      const { status, body } = await exchangeCode(origin, stolen, { code_verifier: own.verifier })
      expect([status, body.error]).toEqual(refusal)
      expect((await exchangeCode(origin, stolen)).status).toBe(200)
      expect((await exchangeCode(origin, own)).status).toBe(200)
    },
  )

  test(
    verifies(['A34'], 'a thief who comes second without the verifier ends nothing'),
    async () => {
      const connection = await connect(origin)
      const guess = { code_verifier: newPkce().verifier }
      const { status, body } = await exchangeCode(origin, connection, guess)
      expect([status, body.error]).toEqual(refusal)
      expect(await call(connection.tokens.access_token)).toBe(200)
    },
  )

  test(verifies(['A34', 'A31'], 'one who comes second with it ends the connection'), async () => {
    const connection = await connect(origin)
    const { status, body } = await exchangeCode(origin, connection)
    expect([status, body.error]).toEqual(refusal)
    expect(await call(connection.tokens.access_token)).toBe(401)
    const after = await refresh(origin, connection, connection.tokens.refresh_token)
    expect([after.status, after.body.error]).toEqual(refusal)
  })
})
