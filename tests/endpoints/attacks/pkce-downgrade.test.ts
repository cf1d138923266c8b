import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { authorizationUrl, newPkce, obtainCode, read, register } from '../../support/oauth/oauth'
import { exchangeCode } from '../../support/oauth/oauth-tokens'
import { refusedBothWays } from '../../support/oauth/refused-authorization'
import { operatorOf } from '../../support/people/operator'
import { approve } from '../../support/people/operator-consent'
import { startPortico } from '../../support/server/portico'
import { verifies } from '../../support/sources/verifies'

// a person may ask /authorize 120 times a minute, and this file asks often
const { origin } = await startPortico({ env: { PORTICO_PROXY_HOPS: '1' } })
const clients = {
  public: await register(origin),
  confidential: await register(origin, { token_endpoint_auth_method: 'client_secret_post' }),
}
const { verifier, challenge } = newPkce()
const operator = await operatorOf(origin)
// whoever is connected is sent on with an error, and a stranger is offered the same link
for (const client of Object.values(clients)) {
  await approve(operator, authorizationUrl(origin, client, challenge))
}

describe('RFC 9700 §4.8: PKCE downgrade', () => {
  describe.each(['public', 'confidential'] as const)('of a %s client', (kind) => {
    test.each([
      ['no challenge', { code_challenge: undefined, code_challenge_method: undefined }],
      ['a method alone', { code_challenge: undefined }],
      ['an empty challenge', { code_challenge: '' }],
      ['plain', { code_challenge: verifier, code_challenge_method: 'plain' }],
      ['plain, by leaving out the method', { code_challenge_method: undefined }],
      ['no method there is', { code_challenge_method: 'none' }],
    ])(verifies(['A15', 'A22'], '%s leads to no code'), async (_title, fields) => {
      const url = authorizationUrl(origin, clients[kind], challenge, fields)
      const { sent, offered } = await refusedBothWays(operator, url)
      const { searchParams } = new URL(sent)
      expect(searchParams.get('error')).toBe('invalid_request')
      expect(searchParams.has('code')).toBe(false)
      expect(offered).toBe(sent)
    })

    test(verifies(['A11', 'A15'], 'both methods lead nowhere'), async () => {
      const fields = { code_challenge_method: ['plain', 'S256'] }
      const url = authorizationUrl(origin, clients[kind], challenge, fields)
      for (const response of [await operator.open(url), await fetch(url, { redirect: 'manual' })]) {
        expect([response.status, response.headers.get('location')]).toEqual([400, null])
        const html = await response.text()
        expect(html).toContain('must not be repeated')
        expect(html).not.toMatch(/href=|http-equiv/i)
      }
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
