import { describe, expect, test } from 'vitest'
import { type Fields, postForm, register } from '../support/oauth/oauth'
import {
  type Connection,
  connect,
  credentialsOf,
  refresh,
  revoke,
} from '../support/oauth/oauth-tokens'
import { sharedOrigin } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

const origin = sharedOrigin()
const inactive = { active: false }

const confidential = (name: string) =>
  register(origin, { client_name: name, token_endpoint_auth_method: 'client_secret_post' })

const connected = async (name: string): Promise<Connection> =>
  connect(origin, { client: await confidential(name) })

const introspect = (connection: Pick<Connection, 'client'>, token: string, fields: Fields = {}) =>
  postForm(`${origin}/introspect`, { token, ...credentialsOf(connection), ...fields })

describe('introspection', () => {
  test(verifies(['A65', 'A8'], 'tells a client of its own access token'), async () => {
    const connection = await connected('introspecting')
    const { access_token: token } = connection.tokens
    const { status, headers, body } = await introspect(connection, token)
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('content-type')).toBe('application/json')
    expect(body).toEqual({
      active: true,
      token_type: 'Bearer',
      iss: origin,
      aud: `${origin}/mcp`,
      client_id: connection.client.client_id,
      scope: 'claudeai',
      sub: expect.stringMatching(/^user_/),
      jti: expect.stringMatching(/^at_/),
      iat: expect.any(Number),
      exp: expect.any(Number),
    })
    expect(Number(body.exp) - Number(body.iat)).toBe(3600)
  })

  test(verifies(['A65'], 'tells a client of its own refresh token, until it is used'), async () => {
    const connection = await connected('introspecting refresh')
    const { refresh_token: token } = connection.tokens
    for (const hint of ['refresh_token', 'access_token', 'other']) {
      const { body } = await introspect(connection, token, { token_type_hint: hint })
      expect(body).toMatchObject({ active: true, client_id: connection.client.client_id })
    }
    await refresh(origin, connection, token)
    expect((await introspect(connection, token)).body).toEqual(inactive)
  })

  test(verifies(['A65'], 'says no more than inactive of any other token'), async () => {
    const [own, other] = [await connected('own'), await connected('other')]
    const { access_token, refresh_token } = other.tokens
    const odd = ['x', 'a.b.c', 'prt_x', `${access_token}x`, access_token, refresh_token]
    for (const token of odd) {
      const { status, body } = await introspect(own, token)
      expect([status, body]).toEqual([200, inactive])
    }
  })

  test(verifies(['A65', 'A64'], 'sees a revocation at once'), async () => {
    const connection = await connected('revoking')
    const { access_token, refresh_token } = connection.tokens
    expect((await introspect(connection, access_token)).body.active).toBe(true)
    await revoke(origin, connection, refresh_token)
    for (const token of [access_token, refresh_token]) {
      expect((await introspect(connection, token)).body).toEqual(inactive)
    }
  })

  test(verifies(['A65'], 'refuses whoever does not authenticate'), async () => {
    const connection = await connected('guarded')
    const { access_token: token } = connection.tokens
    const wrong: Fields[] = [
      { client_secret: undefined },
      { client_secret: 'psec_wrong' },
      { client_id: 'client_unknown' },
    ]
    for (const fields of wrong) {
      const { status, body } = await introspect(connection, token, fields)
      expect([status, body.error]).toEqual([401, 'invalid_client'])
    }
    const nobody = await postForm(`${origin}/introspect`, { token })
    expect([nobody.status, nobody.body.active]).toEqual([expect.any(Number), undefined])
    expect(nobody.status).toBeGreaterThanOrEqual(400)
  })

  test(verifies(['A65'], 'refuses a public client, which cannot authenticate'), async () => {
    const connection = await connect(origin)
    const { status, body } = await introspect(connection, connection.tokens.access_token)
    expect([status, body.error]).toEqual([401, 'invalid_client'])
  })

  test(verifies(['A65', 'A11'], 'needs one token, in a form'), async () => {
    const connection = await connected('odd')
    const missing = await postForm(`${origin}/introspect`, credentialsOf(connection))
    expect([missing.status, missing.body.error]).toEqual([400, 'invalid_request'])
    const twice = await introspect(connection, '', { token: ['a', 'b'] })
    expect([twice.status, twice.body.error]).toEqual([400, 'invalid_request'])
    expect((await fetch(`${origin}/introspect`)).status).toBe(405)
  })
})
