import { describe, expect, test } from 'vitest'
import { authorizationUrl, newPkce, register } from '../../support/oauth'
import { form, newBrowser, operatorOf } from '../../support/operator'
import { sharedOrigin } from '../../support/portico'
import { admin } from '../../support/portico-process'
import { verifies } from '../../support/verifies'

const origin = sharedOrigin()
const client = await register(origin)
const operator = await operatorOf(origin)
const { challenge } = newPkce()
const evil = 'https://evil.example/cb'

/** Where a browser that gets this answer at `from` goes. */
const targetOf = (response: Response, from: string): URL | null => {
  const location = response.headers.get('location')
  return location === null ? null : new URL(location, new URL(from, origin))
}

describe('RFC 9700 §4.11: the server as an open redirector', () => {
  test.each([
    ['an unknown client', { client_id: 'client_unknown', redirect_uri: evil }],
    ['no client', { client_id: undefined, redirect_uri: evil }],
    ['two clients', { client_id: [client.client_id, 'x'], redirect_uri: evil }],
    ['a redirect URI that is not registered', { redirect_uri: evil }],
    ['one, and another response type', { redirect_uri: evil, response_type: 'token' }],
    ['one, and no challenge', { redirect_uri: evil, code_challenge: undefined }],
    ['one, and a foreign resource', { redirect_uri: evil, resource: evil }],
    ['a document that cannot be had', { client_id: 'https://localhost/c', redirect_uri: evil }],
  ])(verifies(['A12'], 'of %s, the person is told and nobody else'), async (_title, fields) => {
    const url = authorizationUrl(origin, client, challenge, fields)
    for (const response of [
      await fetch(url, { redirect: 'manual' }),
      await fetch(new URL('/authorize', origin), {
        method: 'POST',
        body: url.searchParams,
        redirect: 'manual',
      }),
    ]) {
      expect([response.status, response.headers.get('location')]).toEqual([400, null])
      expect(await response.text()).not.toMatch(/href=|http-equiv="?refresh/i)
    }
  })

  const targets = [
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '\\/evil.example',
    'https://evil.example',
    'https:evil.example',
    'https:/evil.example',
    'HTTPS://evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    '/%09/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '\t//evil.example',
    ' //evil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/./\\evil.example',
    '/admin/..//evil.example',
    '%2f%2fevil.example',
    '/%2fevil.example',
    '/%5cevil.example',
    '@evil.example',
    '.evil.example',
    `${origin}@evil.example`,
    `${origin}.evil.example`,
  ]

  test.each(targets)(verifies(['A12'], 'after sign-in, nobody is led to %j'), async (next) => {
    const path = `/sign-in?next=${encodeURIComponent(next)}`
    const target = targetOf(await operator.open(path), path)
    expect(target?.origin).toBe(origin)
    expect(target?.pathname.startsWith('//')).toBe(false)
    // nor is the form of the page told to
    const html = await (await newBrowser(origin).open(path)).text()
    expect(html).not.toMatch(/(?:href|action)="[^"]*evil/i)
    expect(html).not.toMatch(/\\"next\\":\\"(?:\/\/|\/\\\\|https|javascript)/i)
  })

  test.each(['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'next-auth leads nobody to %j either',
    async (callbackUrl) => {
      const browser = newBrowser(origin)
      const { csrfToken } = (await (await browser.open('/api/auth/csrf')).json()) as {
        csrfToken: string
      }
      const query = new URLSearchParams({ callbackUrl })
      const answers = [
        await browser.open(`/api/auth/signin?${query}`),
        await browser.open(`/api/auth/signout?${query}`),
        await browser.open(
          '/api/auth/callback/credentials',
          form({ ...admin, csrfToken, callbackUrl }),
        ),
        await browser.open('/api/auth/signout', form({ csrfToken, callbackUrl })),
      ]
      for (const response of answers) {
        const target = targetOf(response, '/api/auth/x')
        expect(target?.origin ?? origin).toBe(origin)
        expect(await response.text()).not.toMatch(/(?:href|action)="(?:https:)?\/\/evil/i)
      }
    },
  )

  test.each(['//evil.example', '//evil.example/%2f..', '/\\evil.example', '/evil.example//..'])(
    'the path %s leads nowhere',
    async (path) => {
      const response = await fetch(`${origin}${path}`, { redirect: 'manual' })
      expect(targetOf(response, '/')?.origin ?? origin).toBe(origin)
    },
  )
})
