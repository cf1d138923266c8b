import { describe, expect, test } from 'vitest'
import { postMcp, toolCall } from '../../support/mcp/mcp-message'
import { register } from '../../support/oauth/oauth'
import { connect, credentialsOf, refresh, revoke, tokensOf } from '../../support/oauth/oauth-tokens'
import { sharedOrigin } from '../../support/server/portico'
import { verifies } from '../../support/sources/verifies'

const origin = sharedOrigin()
const call = async (token: string) =>
  (await postMcp(`${origin}/mcp`, token, toolCall('whoami'))).status

const refusal = [400, 'invalid_grant']

/**
 * What is seen again after the grace window is in race.test.ts and expiry.test.ts, which set the
 * clock of what is stored.
 */
describe('RFC 9700 §4.14: replay of a refresh token', () => {
  test(verifies(['A39'], 'inside the grace window it leads nowhere new'), async () => {
    const connection = await connect(origin)
    const { refresh_token: token } = connection.tokens
    const first = tokensOf(await refresh(origin, connection, token))
    const thief = tokensOf(await refresh(origin, connection, token))
    // both hold the same one: the next rotation after the window shows them apart
    expect(thief.refresh_token).toBe(first.refresh_token)
  })

  test(verifies(['A39', 'A31'], 'a stolen one is useless to another client'), async () => {
    const connection = await connect(origin)
    const { refresh_token: token } = connection.tokens
    // under a name of its own, or it would be the same client
    const thief = { client_name: 'Refresh thief' }
    const confidential = { ...thief, token_endpoint_auth_method: 'client_secret_post' }
    for (const client of [await register(origin, thief), await register(origin, confidential)]) {
      const fields = credentialsOf({ client })
      const { status, body } = await refresh(origin, connection, token, fields)
      expect([status, body.error]).toEqual(refusal)
    }
    expect((await refresh(origin, connection, token)).status).toBe(200)
  })

  test(verifies(['A35', 'A39'], 'of a client with a secret, it is useless without'), async () => {
    const client = await register(origin, { token_endpoint_auth_method: 'client_secret_post' })
    const connection = await connect(origin, { client })
    const { refresh_token: token } = connection.tokens
    for (const secret of [undefined, '', 'psec_wrong']) {
      const { status, body } = await refresh(origin, connection, token, { client_secret: secret })
      expect([status, body.error]).toEqual([401, 'invalid_client'])
    }
    expect((await refresh(origin, connection, token)).status).toBe(200)
  })

  test(verifies(['A39', 'A64'], 'once revoked, no generation of it works'), async () => {
    const connection = await connect(origin)
    const { refresh_token: first, access_token: access } = connection.tokens
    const second = tokensOf(await refresh(origin, connection, first))
    const third = tokensOf(await refresh(origin, connection, second.refresh_token))
    await revoke(origin, connection, second.refresh_token)
    for (const token of [first, second.refresh_token, third.refresh_token]) {
      const { status, body } = await refresh(origin, connection, token)
      expect([status, body.error]).toEqual(refusal)
    }
    for (const token of [access, second.access_token, third.access_token]) {
      expect(await call(token)).toBe(401)
    }
  })
})
