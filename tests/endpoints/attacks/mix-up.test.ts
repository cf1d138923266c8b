import { describe, expect, test } from 'vitest'
import { authorizationUrl, newPkce, read, register } from '../../support/oauth/oauth'
import { refusedBothWays } from '../../support/oauth/refused-authorization'
import { operatorOf } from '../../support/people/operator'
import { answer, approve } from '../../support/people/operator-consent'
import { startPortico } from '../../support/server/portico'
import { verifies } from '../../support/sources/verifies'

// a person may ask /authorize 120 times a minute, and this file asks often
const { origin } = await startPortico({ env: { PORTICO_PROXY_HOPS: '1' } })
const operator = await operatorOf(origin)
const client = await register(origin)
const { challenge } = newPkce()
// whoever is connected is sent on with an error, and a stranger is offered the same link
await approve(operator, authorizationUrl(origin, client, challenge))

describe('RFC 9700 §4.4: mix-up', () => {
  test(verifies(['A7', 'A2'], 'clients are told to expect iss, and which'), async () => {
    const { body } = await read(await fetch(`${origin}/.well-known/oauth-authorization-server`))
    expect(body).toMatchObject({
      issuer: origin,
      authorization_response_iss_parameter_supported: true,
    })
  })

  test.each(['allow', 'deny'] as const)(
    verifies(['A7', 'A21', 'A22'], 'the answer to %s names its server, once'),
    async (decision) => {
      const url = authorizationUrl(origin, client, challenge)
      const { searchParams } = await answer(operator, url, decision)
      expect(searchParams.getAll('iss')).toEqual([origin])
    },
  )

  test.each([
    ['response type', { response_type: 'token' }],
    ['resource', { resource: 'https://evil.example/mcp' }],
    ['challenge', { code_challenge_method: 'plain' }],
  ])(verifies(['A7', 'A22'], 'the refusal of a %s names it too'), async (_title, fields) => {
    const url = authorizationUrl(origin, client, challenge, fields)
    const { sent, offered } = await refusedBothWays(operator, url)
    const { searchParams } = new URL(sent)
    expect(searchParams.getAll('iss')).toEqual([origin])
    expect(searchParams.has('error')).toBe(true)
    expect(offered).toBe(sent)
  })

  test(verifies(['A7'], 'an iss of the request’s own does not come back'), async () => {
    const fields = { iss: 'https://evil.example', response_type: 'token' }
    const url = authorizationUrl(origin, client, challenge, fields)
    const { sent, offered } = await refusedBothWays(operator, url)
    expect(sent).not.toContain('evil')
    expect(new URL(sent).searchParams.getAll('iss')).toEqual([origin])
    expect(offered).toBe(sent)
  })

  test(
    verifies(['A7', 'A21'], 'an iss in the registered redirect URI cannot pass for it'),
    async () => {
      const uri = 'https://client.example/cb?iss=https://evil.example'
      const own = await register(origin, { redirect_uris: [uri] })
      await approve(operator, authorizationUrl(origin, own, challenge))
      const url = authorizationUrl(origin, own, challenge, { response_type: 'token' })
      const { sent, offered } = await refusedBothWays(operator, url)
      const { searchParams } = new URL(sent)
      // two of them: a client that checks refuses the answer (RFC 9207 §2.4)
      expect(searchParams.getAll('iss')).toEqual(['https://evil.example', origin])
      expect(offered).toBe(sent)
    },
  )
})
