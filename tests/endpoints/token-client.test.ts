import { describe, expect, test } from 'vitest'
import {
  encoded,
  type Fields,
  obtainCode,
  type RegisteredClient,
  read,
  register,
} from '../support/oauth/oauth'
import { exchangeCode } from '../support/oauth/oauth-tokens'
import { sharedOrigin } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

const origin = sharedOrigin()

/** Basic as most software sends it, and as RFC 6749 §2.3.1 has it. */
const basicOf = {
  raw: (id: string, secret: string) => `Basic ${btoa(`${id}:${secret}`)}`,
  encoded: (id: string, secret: string) =>
    `Basic ${btoa(`${formEncoded(id)}:${formEncoded(secret)}`)}`,
}
// all of it, so that a server that does not decode is found out
const formEncoded = (text: string) =>
  [...text].map((letter) => `%${letter.charCodeAt(0).toString(16).padStart(2, '0')}`).join('')

const secretOf = (client: RegisteredClient) => String(client.client_secret)
const inHeader = { client_id: undefined, client_secret: undefined }

const registered = (method: string) => register(origin, { token_endpoint_auth_method: method })

describe.each(['client_secret_post', 'client_secret_basic'])('a client of %s', (method) => {
  test(verifies(['A5', 'A35'], 'is known by its secret in the body'), async () => {
    const code = await obtainCode(origin, { client: await registered(method) })
    expect((await exchangeCode(origin, code)).status).toBe(200)
  })

  test.each(['raw', 'encoded'] as const)(
    verifies(['A5', 'A35'], 'is known by Basic, %s'),
    async (form) => {
      const client = await registered(method)
      const code = await obtainCode(origin, { client })
      for (const scheme of ['Basic', 'basic']) {
        const header = basicOf[form](client.client_id, secretOf(client)).replace('Basic', scheme)
        const wrong = await exchangeCode(
          origin,
          code,
          { ...inHeader, code: 'pac_x' },
          { authorization: header },
        )
        expect(wrong.body.error).toBe('invalid_grant')
      }
      const authorization = basicOf[form](client.client_id, secretOf(client))
      expect((await exchangeCode(origin, code, inHeader, { authorization })).status).toBe(200)
    },
  )

  test.each<[string, (client: RegisteredClient) => [Fields, Record<string, string>]]>([
    ['no secret', () => [{ client_secret: undefined }, {}]],
    ['an empty secret', () => [{ client_secret: '' }, {}]],
    ['a wrong secret', () => [{ client_secret: 'psec_wrong' }, {}]],
    [
      'a wrong secret by Basic',
      ({ client_id }) => [inHeader, { authorization: basicOf.raw(client_id, 'psec_wrong') }],
    ],
    ['Basic that cannot be read', () => [inHeader, { authorization: 'Basic %%%' }]],
    ['a bearer token for it', () => [inHeader, { authorization: 'Bearer x' }]],
  ])(verifies(['A30', 'A35'], 'is not known by %s'), async (_title, attempt) => {
    const client = await registered(method)
    const code = await obtainCode(origin, { client })
    const [fields, headers] = attempt(client)
    const answer = await exchangeCode(origin, code, fields, headers)
    expect([answer.status, answer.body.error]).toEqual([401, 'invalid_client'])
    // RFC 6749 §5.2: a challenge only to a client that tried the header
    const challenge = answer.headers.get('www-authenticate')
    if (headers.authorization) expect(challenge).toMatch(/^Basic /)
    else expect(challenge).toBeNull()
    expect((await exchangeCode(origin, code)).status).toBe(200)
  })

  test(verifies(['A35'], 'may not use two methods at once'), async () => {
    const client = await registered(method)
    const code = await obtainCode(origin, { client })
    const authorization = basicOf.raw(client.client_id, secretOf(client))
    const answer = await exchangeCode(origin, code, {}, { authorization })
    expect([answer.status, answer.body.error]).toEqual([400, 'invalid_request'])
  })
})

test(verifies(['A35'], 'the id in the body must be that of the header'), async () => {
  const client = await registered('client_secret_basic')
  const other = await registered('client_secret_basic')
  const code = await obtainCode(origin, { client })
  const authorization = basicOf.raw(other.client_id, secretOf(other))
  const answer = await exchangeCode(origin, code, { client_secret: undefined }, { authorization })
  expect([answer.status, answer.body.error]).toEqual([400, 'invalid_request'])
})

test(
  verifies(['A35', 'A5'], 'a public client needs no secret, and a foreign one is no help'),
  async () => {
    const code = await obtainCode(origin)
    const stranger = await registered('client_secret_post')
    const answer = await exchangeCode(origin, code, {
      client_id: stranger.client_id,
      client_secret: stranger.client_secret,
    })
    expect([answer.status, answer.body.error]).toEqual([400, 'invalid_grant'])
    expect((await exchangeCode(origin, code)).status).toBe(200)
  },
)

test(verifies(['A28'], 'a form with a charset is a form'), async () => {
  const code = await obtainCode(origin)
  const response = await fetch(`${origin}/token`, {
    method: 'POST',
    headers: { 'content-type': 'Application/X-WWW-Form-Urlencoded; charset=UTF-8' },
    body: encoded({
      grant_type: 'authorization_code',
      code: code.code,
      code_verifier: code.verifier,
      client_id: code.client.client_id,
    }).toString(),
  })
  expect((await read(response)).status).toBe(200)
})
