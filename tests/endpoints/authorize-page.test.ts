import { describe, expect, test } from 'vitest'
import {
  authorizationUrl,
  type Fields,
  newPkce,
  type RegisteredClient,
  redirectUri,
  register,
} from '../support/oauth/oauth'
import { operatorOf } from '../support/people/operator'
import { textOf } from '../support/people/operator-consent'
import { sharedOrigin } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

const origin = sharedOrigin()
const { challenge } = newPkce()
const client = await register(origin)
const two = await register(origin, { redirect_uris: [redirectUri, `${redirectUri}/2`] })
const operator = await operatorOf(origin)

const visit = (fields: Fields, asked: RegisteredClient = client) =>
  operator.open(authorizationUrl(origin, asked, challenge, fields))

describe('a request that cannot be trusted gets a page and no redirect', () => {
  test.each<[string, Fields, RegisteredClient?]>([
    ['an unknown client', { client_id: 'client_AAAAAAAAAAAAAAAAAAAAAA' }],
    ['no client', { client_id: undefined }],
    ['a client id with a NUL', { client_id: '\0' }],
    ['a client id of 5000 characters', { client_id: 'x'.repeat(5000) }],
    ['a foreign redirect URI', { redirect_uri: 'https://evil.example/callback' }],
    ['none where two are registered', { redirect_uri: undefined }, two],
    ['a longer path', { redirect_uri: `${redirectUri}/more` }],
    ['a shorter path', { redirect_uri: redirectUri.slice(0, -1) }],
    ['a query', { redirect_uri: `${redirectUri}?x=1` }],
    ['a fragment', { redirect_uri: `${redirectUri}#x` }],
    ['another case', { redirect_uri: redirectUri.toUpperCase() }],
    ['a trailing slash', { redirect_uri: `${redirectUri}/` }],
    ['another port', { redirect_uri: 'https://client.example:444/callback' }],
    ['http for https', { redirect_uri: redirectUri.replace('https', 'http') }],
    ['userinfo', { redirect_uri: 'https://client.example@evil.example/callback' }],
    ['a path that climbs', { redirect_uri: 'https://client.example/x/../callback' }],
    ['a script', { redirect_uri: 'javascript:alert(1)' }],
    ['a line break', { redirect_uri: `${redirectUri}\r\nset-cookie: a=b` }],
  ])(verifies(['A12', 'A13'], '%s'), async (_title, fields, asked) => {
    const response = await visit(fields, asked)
    const text = textOf(await response.text())
    expect(response.status).toBe(400)
    expect(response.headers.get('location')).toBeNull()
    expect(response.headers.get('content-type')).toMatch(/^text\/html/)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(text).toContain('This connection cannot be made')
    expect(text).not.toContain('evil.example')
  })

  test(verifies(['A19'], 'the page cannot be framed and loads nothing'), async () => {
    const response = await visit({ client_id: 'nobody' })
    const csp = response.headers.get('content-security-policy') ?? ''
    expect(csp).toContain("frame-ancestors 'none'")
    expect(response.headers.get('x-frame-options')).toBe('DENY')
    expect(await response.text()).not.toMatch(/<(script|link|img|iframe)\b/)
  })

  test('a page repeats no markup of the request', async () => {
    const response = await visit({ redirect_uri: 'https://e.example/"><script>x</script>' })
    expect(await response.text()).not.toContain('<script>')
  })
})

describe('redirect URIs', () => {
  test.each([
    ['http://127.0.0.1:3000/cb', 'http://127.0.0.1:49152/cb'],
    ['http://127.0.0.1/cb', 'http://127.0.0.1:1/cb'],
    ['http://localhost:8080/cb', 'http://localhost/cb'],
    ['http://localhost:8080/cb?a=1', 'http://localhost:9/cb?a=1'],
    ['http://[::1]:3000/cb', 'http://[::1]:4000/cb'],
    [
      'cursor://anysphere.cursor-mcp/oauth/callback',
      'cursor://anysphere.cursor-mcp/oauth/callback',
    ],
  ])(verifies(['A13'], 'registered %s, requested %s: accepted'), async (registered, requested) => {
    const own = await register(origin, { redirect_uris: [registered] })
    const response = await visit({ redirect_uri: requested }, own)
    expect(response.headers.get('location')).toMatch(/^\/consent\/int_/)
  })

  test.each([
    ['http://127.0.0.1:3000/cb', 'http://localhost:3000/cb'],
    ['http://localhost:3000/cb', 'http://127.0.0.1:3000/cb'],
    ['http://127.0.0.1:3000/cb', 'http://127.0.0.1:3000/other'],
    ['http://127.0.0.1:3000/cb', 'http://127.0.0.1:3000/cb?x=1'],
    ['http://127.0.0.1:3000/cb', 'https://127.0.0.1:3000/cb'],
    ['http://127.0.0.1:3000/cb', 'http://127.0.0.1.evil.example:3000/cb'],
    ['http://127.0.0.1:3000/cb', 'http://user@127.0.0.1:3000/cb'],
    ['com.example.app:/cb', 'com.example.app:/cb/more'],
    ['https://client.example:8443/cb', 'https://client.example:8444/cb'],
  ])(
    verifies(['A13', 'A12'], 'registered %s, requested %s: a page'),
    async (registered, requested) => {
      const own = await register(origin, { redirect_uris: [registered] })
      const response = await visit({ redirect_uri: requested }, own)
      expect(response.status).toBe(400)
      expect(response.headers.get('location')).toBeNull()
    },
  )

  test(verifies(['A12'], 'the only one registered need not be named'), async () => {
    const response = await visit({ redirect_uri: undefined })
    expect(response.headers.get('location')).toMatch(/^\/consent\/int_/)
  })
})
