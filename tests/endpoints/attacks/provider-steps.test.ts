import { afterAll, expect, test } from 'vitest'
import { startOpenIdProvider } from '../../support/oauth/openid-provider'
import { form, newBrowser, someAddress } from '../../support/people/operator'
import { startPortico } from '../../support/server/portico'

/** RFC 6749 §10.12, and what a stranger can have this server ask of others. */

const provider = await startOpenIdProvider()
const { origin } = await startPortico({
  env: {
    PORTICO_PROXY_HOPS: '1',
    PORTICO_OIDC_ISSUER: provider.issuer,
    PORTICO_OIDC_ID: provider.client.id,
    PORTICO_OIDC_SECRET: provider.client.secret,
  },
})
afterAll(() => provider.close())

const comeBack = async (address: string, cookie = '') => {
  const visitor = newBrowser(origin, address)
  const path = '/api/auth/callback/oidc?code=x&state=y'
  const response = await visitor.open(path, { headers: { cookie } })
  expect(response.status).toBe(302)
  return new URL(response.headers.get('location') ?? '', origin)
}

test('who was not sent to a provider has nobody asked by coming back from it', async () => {
  const before = provider.requests()
  for (let time = 0; time < 10; time += 1) {
    const { pathname, searchParams } = await comeBack(someAddress())
    expect([pathname, searchParams.get('error')]).toEqual(['/sign-in', 'OAuthCallback'])
  }
  expect(provider.requests()).toBe(before)
})

test('who pretends to have been sent, or goes there again and again, has it asked once', async () => {
  const before = provider.requests()
  for (let time = 0; time < 60; time += 1) {
    await comeBack(someAddress(), 'next-auth.state=made-up')
    const visitor = newBrowser(origin)
    const { csrfToken } = (await (await visitor.open('/api/auth/csrf')).json()) as {
      csrfToken: string
    }
    const sent = await visitor.open('/api/auth/signin/oidc', form({ csrfToken, json: 'true' }))
    expect(((await sent.json()) as { url: string }).url).toContain(`${provider.issuer}/authorize`)
  }
  expect(provider.requests() - before).toBe(1)
})
