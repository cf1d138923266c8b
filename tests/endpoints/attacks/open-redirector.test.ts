import { describe, expect, test } from 'vitest'
import {
  authorizationUrl,
  encoded,
  type Fields,
  newPkce,
  register,
} from '../../support/oauth/oauth'
import { offeredLink } from '../../support/oauth/refused-authorization'
import { form, newBrowser, operatorOf } from '../../support/people/operator'
import { answer, approve, textOf } from '../../support/people/operator-consent'
import { sharedOrigin } from '../../support/server/portico'
import { admin } from '../../support/server/portico-process'
import { verifies } from '../../support/sources/verifies'

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

  const phish = 'https://evil.example/phish?to=you'
  const faults: [string, Fields][] = [
    ['another response type', { response_type: 'x' }],
    ['no response type', { response_type: undefined }],
    ['a response mode', { response_mode: 'form_post' }],
    ['no challenge', { code_challenge: undefined }],
    ['a foreign resource', { resource: 'https://evil.example' }],
    ['prompt=none', { prompt: 'none', response_type: 'x' }],
  ]

  test.each(faults)(
    verifies(['A12', 'A22'], 'with %s, nobody is sent to where somebody registered'),
    async (_title, fault) => {
      const own = await register(origin, { redirect_uris: [phish] })
      const url = authorizationUrl(origin, own, challenge, { ...fault, state: 'a"b&c' })
      const answers = [
        // without a session, by POST, and of a person who has never used it
        await fetch(url, { redirect: 'manual' }),
        await fetch(new URL('/authorize', origin), {
          method: 'POST',
          body: url.searchParams,
          redirect: 'manual',
        }),
        await operator.open(url),
      ]
      for (const response of answers) {
        expect([response.status, response.headers.get('location')]).toEqual([400, null])
        expect(response.headers.has('refresh')).toBe(false)
        const html = await response.text()
        expect(html).not.toMatch(/http-equiv|<script|<meta[^>]+url=/i)
        expect(html).toContain('<meta name="robots" content="noindex">')
        // where it goes comes first of all, and the error goes along where a person wants it to
        expect(textOf(html)).toMatch(/^ ?The answer would go to evil\.example /)
        expect(html).toContain('>Go back to evil.example</a>')
        const link = new URL(offeredLink(html))
        expect(link.href.startsWith(`${phish}&error=`)).toBe(true)
        expect(link.searchParams.get('state')).toBe('a"b&c')
        expect(link.searchParams.get('iss')).toBe(origin)
        expect(link.searchParams.get('error_description')).toMatch(/./)
      }
    },
  )

  test(verifies(['A12', 'A22'], 'who has used it is sent on, and nobody else'), async () => {
    const own = await register(origin, { redirect_uris: [phish] })
    const fault = authorizationUrl(origin, own, challenge, { response_type: 'x' })
    const { searchParams } = authorizationUrl(origin, own, challenge)
    // a "no" is a click, and says nothing of the next time
    const denied = await answer(
      operator,
      `/authorize?${encoded(Object.fromEntries(searchParams))}`,
      'deny',
    )
    expect(denied.href).toMatch(`${phish}&error=access_denied`)
    expect((await operator.open(fault)).status).toBe(400)
    await approve(operator, authorizationUrl(origin, own, challenge))
    const used = await operator.open(fault)
    expect(used.status).toBe(303)
    expect(used.headers.get('location')).toMatch(`${phish}&error=unsupported_response_type`)
    expect((await fetch(fault, { redirect: 'manual' })).status).toBe(400)
    expect((await newBrowser(origin).open(fault)).status).toBe(400)
  })

  test.each([
    ['https://claude.ai/api/mcp/auth_callback', 303],
    ['https://claude.com/api/mcp/auth_callback', 303],
    ['https://chatgpt.com/connector/oauth/8x2vQmZkT1aB', 303],
    // others of such a host may send a browser on to anywhere
    ['https://claude.ai/redirect', 400],
    ['https://chatgpt.com/connector/oauth/x/../../y', 400],
    ['https://vscode.dev/redirect', 400],
    ['https://claude.ai.evil.example/api/mcp/auth_callback', 400],
    ['http://localhost:6274/oauth/callback', 400],
    ['cursor://anysphere.cursor-mcp/oauth/callback', 400],
    ['com.evil.app:/x', 400],
  ])(
    verifies(['A12', 'A22'], 'an error for %s is answered %i to a stranger'),
    async (uri, status) => {
      const own = await register(origin, { redirect_uris: [uri] })
      const fault = authorizationUrl(origin, own, challenge, { response_type: 'x' })
      const response = await fetch(fault, { redirect: 'manual' })
      expect(response.status).toBe(status)
      if (status === 303) expect(response.headers.get('location')).toMatch(`${uri}?error=`)
      else expect(response.headers.get('location')).toBeNull()
    },
  )

  test.each([
    'search-ms:query=x&crumb=location:%5C%5Cevil.example%5Cx',
    'ms-officecmd:%7B%7D',
    'ms-msdt:/id%20PCWDiagnostic',
    'ssh://-oProxyCommand=calc/x',
    'telnet://evil.example/',
    'smb://evil.example/x',
    'ldap://evil.example/x',
    'intent://x/#Intent',
    'view-source:https://evil.example/',
    'x-apple.systempreferences:com.apple',
    'cursor://anysphere.cursor-deeplink/mcp/install?name=x&config=e30',
    'vscode:mcp/install?x',
    'myapp://callback',
  ])(verifies(['A14', 'A12'], '%s cannot be registered'), async (uri) => {
    const register = await fetch(new URL('/register', origin), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ redirect_uris: [uri], token_endpoint_auth_method: 'none' }),
    })
    expect(register.status).toBe(400)
    expect(await register.json()).toMatchObject({ error: 'invalid_redirect_uri' })
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
