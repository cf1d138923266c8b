import { describe, expect, test } from 'vitest'
import {
  type Fields,
  newPkce,
  obtainCode,
  postForm,
  read,
  redirectUri,
  register,
} from '../support/oauth/oauth'
import { exchangeCode } from '../support/oauth/oauth-tokens'
import { sharedOrigin } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

const origin = sharedOrigin()
const endpoint = `${origin}/token`

describe('a successful answer', () => {
  test(verifies(['A28', 'A29', 'A41', 'F1'], 'has its members and is not kept'), async () => {
    const { status, headers, body } = await exchangeCode(origin, await obtainCode(origin))
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('application/json')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(body).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'claudeai',
      refresh_token: expect.stringMatching(/^prt_[\w-]{43}$/),
    })
  })

  test(verifies(['A33'], 'comes without redirect_uri too, as OAuth 2.1 clients ask'), async () => {
    const code = await obtainCode(origin)
    expect((await exchangeCode(origin, code, { redirect_uri: undefined })).status).toBe(200)
  })

  test.each([undefined, '', `${origin}/mcp/`, origin])(
    verifies(['A38', 'A24'], 'comes with resource %j'),
    async (resource) => {
      expect((await exchangeCode(origin, await obtainCode(origin), { resource })).status).toBe(200)
    },
  )

  test(verifies(['A11'], 'comes although parameters are sent that nobody knows'), async () => {
    const fields = { audience: 'x', 'x-unknown': 'y', scope: 'whatever' }
    const { status, body } = await exchangeCode(origin, await obtainCode(origin), fields)
    expect([status, body.scope]).toEqual([200, 'claudeai'])
  })
})

describe('a refusal', () => {
  test.each<[string, Fields, number, string]>([
    ['an unknown code', { code: 'pac_unknown' }, 400, 'invalid_grant'],
    ['no code', { code: undefined }, 400, 'invalid_request'],
    ['an empty code', { code: '' }, 400, 'invalid_request'],
    ['a repeated code', { code: ['pac_a', 'pac_b'] }, 400, 'invalid_request'],
    ['no verifier', { code_verifier: undefined }, 400, 'invalid_request'],
    ['another verifier', { code_verifier: newPkce().verifier }, 400, 'invalid_grant'],
    ['a verifier that is too short', { code_verifier: 'short' }, 400, 'invalid_grant'],
    ['another redirect URI', { redirect_uri: `${redirectUri}/2` }, 400, 'invalid_grant'],
    ['another resource', { resource: 'https://elsewhere.example' }, 400, 'invalid_target'],
    ['no grant type', { grant_type: undefined }, 400, 'invalid_request'],
    ['an unknown client', { client_id: 'client_unknown' }, 401, 'invalid_client'],
    ['no client', { client_id: undefined }, 401, 'invalid_client'],
  ])(
    verifies(['A25', 'A28', 'A30', 'A31', 'A32', 'A33', 'A38'], '%s'),
    async (_title, fields, status, error) => {
      const code = await obtainCode(origin)
      const answer = await exchangeCode(origin, code, fields)
      expect([answer.status, answer.body.error]).toEqual([status, error])
      expect(answer.headers.get('content-type')).toBe('application/json')
      expect(answer.headers.get('cache-control')).toBe('no-store')
      // a mistake costs nothing: the code is still good
      expect((await exchangeCode(origin, code)).status).toBe(200)
    },
  )

  test.each(['password', 'implicit', 'urn:ietf:params:oauth:grant-type:jwt-bearer', '__proto__'])(
    verifies(['A30', 'A44', 'A4'], 'the grant type %s'),
    async (grantType) => {
      const client = await register(origin)
      const fields = { grant_type: grantType, client_id: client.client_id }
      const { status, body } = await postForm(endpoint, { ...fields, username: 'a', password: 'b' })
      expect([status, body.error]).toEqual([400, 'unsupported_grant_type'])
    },
  )

  test(verifies(['A25', 'A31'], 'a code of another client'), async () => {
    const code = await obtainCode(origin)
    const { client_id } = await register(origin)
    const { status, body } = await exchangeCode(origin, code, { client_id })
    expect([status, body.error]).toEqual([400, 'invalid_grant'])
  })

  test(verifies(['A28'], 'a body that is no form'), async () => {
    for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x']) {
      const headers = { 'content-type': type }
      const response = await fetch(endpoint, { method: 'POST', body: '{}', headers })
      const { status, body } = await read(response)
      expect([type, status, body.error]).toEqual([type, 400, 'invalid_request'])
    }
  })

  test(verifies(['A44'], 'parameters in the query'), async () => {
    const code = await obtainCode(origin)
    const url = new URL(endpoint)
    url.search = new URLSearchParams({
      grant_type: 'authorization_code',
      code: code.code,
    }).toString()
    const { status, body } = await postForm(url.href, { client_id: code.client.client_id })
    expect([status, body.error]).toEqual([400, 'invalid_request'])
    expect((await fetch(url)).status).toBe(405)
  })

  test(verifies(['A30'], 'says nothing of what was sent'), async () => {
    const { text } = await postForm(endpoint, {
      grant_type: 'authorization_code',
      client_id: (await register(origin)).client_id,
      code: 'pac_some-code',
      code_verifier: newPkce().verifier,
    })
    expect(text).not.toContain('some-code')
  })
})
