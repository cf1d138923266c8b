import { describe, expect, test } from 'vitest'
import { authorizationUrl, encoded, newPkce, redirectUri, register } from '../support/oauth/oauth'
import { operatorOf } from '../support/people/operator'
import { answer, approve } from '../support/people/operator-consent'
import { sharedOrigin } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

const origin = sharedOrigin()
const { challenge } = newPkce()
const client = await register(origin)
const operator = await operatorOf(origin)

describe('the answer', () => {
  const state = 'a b+c/ä&=%"<>~\'#?'

  test.each(['allow', 'deny'] as const)(
    verifies(['A20', 'A21', 'A22', 'A7', 'A2'], 'to %s has its members once, the state exactly'),
    async (decision) => {
      const url = authorizationUrl(origin, client, challenge, { state })
      const { searchParams } = await answer(operator, url, decision)
      const names = decision === 'allow' ? ['code'] : ['error', 'error_description']
      expect([...searchParams.keys()].sort()).toEqual([...names, 'iss', 'state'].sort())
      expect(searchParams.get('state')).toBe(state)
      expect(searchParams.get('iss')).toBe(origin)
    },
  )

  test(verifies(['A21', 'A22'], 'keeps the query of the redirect URI as it was'), async () => {
    const uri = `${redirectUri}?tenant=1&x=a%20b&Y=%c3%a4`
    const own = await register(origin, { redirect_uris: [uri] })
    const url = authorizationUrl(origin, own, challenge)
    for (const decision of ['allow', 'deny'] as const) {
      expect((await answer(operator, url, decision)).href).toMatch(`${uri}&`)
    }
    const refused = await operator.open(
      authorizationUrl(origin, own, challenge, { response_type: 'x' }),
    )
    expect(refused.headers.get('location')).toMatch(`${uri}&error=`)
  })

  test('a request of many parameters is remembered while the person signs in', async () => {
    const url = authorizationUrl(origin, client, challenge, { state: 's'.repeat(2000) })
    expect((await approve(operator, url)).searchParams.get('state')).toBe('s'.repeat(2000))
  })

  test('HEAD begins nothing', async () => {
    const url = authorizationUrl(origin, client, challenge)
    const response = await operator.open(
      `${url.pathname}?${encoded(Object.fromEntries(url.searchParams))}`,
      {
        method: 'HEAD',
      },
    )
    expect(response.headers.get('location')).toBeNull()
  })
})
