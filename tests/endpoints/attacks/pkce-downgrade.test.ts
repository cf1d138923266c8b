import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { authorizationUrl, newPkce, obtainCode, read, register } from '../../support/oauth'
import { exchangeCode } from '../../support/oauth-tokens'
import { sharedOrigin } from '../../support/portico'
import { verifies } from '../../support/verifies'

const origin = sharedOrigin()
const clients = {
  public: await register(origin),
  confidential: await register(origin, { token_endpoint_auth_method: 'client_secret_post' }),
}
const { verifier, challenge } = newPkce()

describe('RFC 9700 §4.8: PKCE downgrade', () => {
  describe.each(['public', 'confidential'] as const)('of a %s client', (kind) => {
    test.each([
      ['no challenge', { code_challenge: undefined, code_challenge_method: undefined }],
      ['a method alone', { code_challenge: undefined }],
      ['an empty challenge', { code_challenge: '' }],
      ['plain', { code_challenge: verifier, code_challenge_method: 'plain' }],
      ['plain, by leaving out the method', { code_challenge_method: undefined }],
      ['both methods', { code_challenge_method: ['plain', 'S256'] }],
      ['no method there is', { code_challenge_method: 'none' }],
    ])(verifies(['A15', 'A22'], '%s leads to no code'), async (_title, fields) => {
      const url = authorizationUrl(origin, clients[kind], challenge, fields)
      const response = await fetch(url, { redirect: 'manual' })
      const location = response.headers.get('location')
      if (response.status === 400) return expect(location).toBeNull()
      const { searchParams } = new URL(location ?? '')
      expect(searchParams.get('error')).toBe('invalid_request')
      expect(searchParams.has('code')).toBe(false)
    })

    test(verifies(['A32'], 'a code is not exchanged without its verifier'), async () => {
      const code = await obtainCode(origin, { client: clients[kind] })
      const attempts = [
        { code_verifier: undefined },
        { code_verifier: '' },
        { code_verifier: newPkce().verifier },
        { code_verifier: 'short' },
        // what plain would compare
        { code_verifier: code.callback.searchParams.get('state') ?? '' },
        { code_verifier: [code.verifier, code.verifier] },
      ]
      for (const fields of attempts) {
        const { status, body } = await exchangeCode(origin, code, fields)
        expect([status, /^invalid_(grant|request)$/.test(String(body.error))]).toEqual([400, true])
      }
      expect((await exchangeCode(origin, code)).status).toBe(200)
    })
  })

  test(verifies(['A15', 'A32'], 'the challenge itself is no verifier'), async () => {
    const code = await obtainCode(origin)
    const own = createHash('sha256').update(code.verifier).digest('base64url')
    const { status, body } = await exchangeCode(origin, code, { code_verifier: own })
    expect([status, body.error]).toEqual([400, 'invalid_grant'])
  })

  test(verifies(['A3'], 'nothing but S256 is announced'), async () => {
    const { body } = await read(await fetch(`${origin}/.well-known/oauth-authorization-server`))
    expect(body.code_challenge_methods_supported).toEqual(['S256'])
  })
})
