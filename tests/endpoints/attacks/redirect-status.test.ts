import { describe, expect, test } from 'vitest'
import { authorizationUrl, type Fields, newPkce, register } from '../../support/oauth/oauth'
import { offeredBy, sentTo } from '../../support/oauth/refused-authorization'
import { form, newBrowser, operatorOf } from '../../support/people/operator'
import { approve, decide, visitConsent } from '../../support/people/operator-consent'
import { startPortico } from '../../support/server/portico'
import { admin } from '../../support/server/portico-process'
import { verifies } from '../../support/sources/verifies'

// a person may ask /authorize 120 times a minute, and this file asks often
const { origin } = await startPortico({ env: { PORTICO_PROXY_HOPS: '1' } })
const operator = await operatorOf(origin)
const client = await register(origin)
const { challenge } = newPkce()
// an error goes to a client at once only where the person has used it (RFC 9700 §4.11.2)
await approve(operator, authorizationUrl(origin, client, challenge))

const request = (fields: Fields = {}): RequestInit => ({
  method: 'POST',
  body: authorizationUrl(origin, client, challenge, fields).searchParams,
})

describe('RFC 9700 §4.12: redirects that repeat a form', () => {
  test.each<[string, () => Promise<Response>]>([
    ['an authorization request to sign-in', () => newBrowser(origin).open('/authorize', request())],
    ['one to the consent page', () => operator.open('/authorize', request())],
    [
      'one that is refused to the client',
      () => operator.open('/authorize', request({ response_type: 'token' })),
    ],
    ...(['allow', 'deny'] as const).map((decision): [string, () => Promise<Response>] => [
      `a decision to ${decision} to the client`,
      async () => {
        const url = authorizationUrl(origin, client, challenge)
        return decide(operator, await visitConsent(operator, url), decision)
      },
    ]),
    [
      'a decision of a stranger to sign-in',
      () => newBrowser(origin).open('/consent/int_x/decision', form({ decision: 'allow' })),
    ],
  ])(verifies(['A20'], '%s is 303'), async (_title, post) => {
    const response = await post()
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toMatch(/./)
  })

  test(verifies(['A12', 'A20'], 'one that is refused to a stranger is not sent on'), async () => {
    const refused = request({ response_type: 'token' })
    const offered = await offeredBy(await newBrowser(origin).open('/authorize', refused))
    expect(offered).toBe(await sentTo(await operator.open('/authorize', refused)))
    expect(new URL(offered).searchParams.get('error')).toBe('unsupported_response_type')
  })

  test(verifies(['A20'], 'a password is never sent on'), async () => {
    const browser = newBrowser(origin)
    const { csrfToken } = (await (await browser.open('/api/auth/csrf')).json()) as {
      csrfToken: string
    }
    const fields = { ...admin, csrfToken, callbackUrl: origin }
    for (const password of [admin.password, 'wrong password']) {
      const body = form({ ...fields, password })
      const { status } = await browser.open('/api/auth/callback/credentials', body)
      expect([200, 302, 303, 401]).toContain(status)
    }
    for (const path of ['/sign-in', '/sign-in/', '/setup']) {
      const { status } = await newBrowser(origin).open(path, form({ ...admin }))
      expect([path, status]).toEqual([path, 200])
    }
  })

  test.each(['/token', '/register', '/revoke', '/introspect', '/mcp', '/authorize', '/unknown'])(
    verifies(['A20', 'A69'], 'a post to %s, with or without a slash, is not sent on'),
    async (path) => {
      for (const url of [path, `${path}/`, path.toUpperCase()]) {
        const init = { method: 'POST', body: new URLSearchParams({ client_secret: 'x' }) }
        const { status } = await fetch(`${origin}${url}`, { ...init, redirect: 'manual' })
        expect([url, status >= 400 && status < 500]).toEqual([url, true])
      }
    },
  )
})
