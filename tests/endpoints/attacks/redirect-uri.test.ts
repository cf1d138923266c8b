import { describe, expect, test } from 'vitest'
import {
  authorizationUrl,
  type Fields,
  newPkce,
  obtainCode,
  register,
} from '../../support/oauth/oauth'
import { exchangeCode } from '../../support/oauth/oauth-tokens'
import { sharedOrigin } from '../../support/server/portico'
import { verifies } from '../../support/sources/verifies'

const origin = sharedOrigin()
const { challenge } = newPkce()
const registered = 'https://client.example/oauth/callback'
const loopback = 'http://127.0.0.1:8080/callback'
const web = await register(origin, { redirect_uris: [registered] })
const native = await register(origin, { redirect_uris: [loopback] })

const ask = (client: typeof web, fields: Fields) =>
  fetch(authorizationUrl(origin, client, challenge, fields), { redirect: 'manual' })

/** The person gets the answer, and nobody else. */
async function expectPage(response: Response): Promise<void> {
  expect([response.status, response.headers.get('location')]).toEqual([400, null])
  expect(response.headers.get('content-type')).toMatch(/^text\/html/)
  expect(await response.text()).not.toMatch(/http-equiv|<script|href=/i)
}

describe('RFC 9700 §4.1: manipulation of the redirect URI', () => {
  test.each([
    ['a suffix of the host', 'https://client.example.evil.example/oauth/callback'],
    ['a prefix of the host', 'https://evilclient.example/oauth/callback'],
    ['a subdomain', 'https://evil.client.example/oauth/callback'],
    ['another host', 'https://evil.example/oauth/callback'],
    ['a suffix of the path', `${registered}/evil`],
    ['letters after the path', `${registered}evil`],
    ['a slash at the end', `${registered}/`],
    ['path traversal', 'https://client.example/oauth/callback/../../open?to=evil'],
    ['encoded path traversal', 'https://client.example/oauth/%2e%2e/oauth/callback'],
    ['an encoded slash', 'https://client.example/oauth%2fcallback'],
    ['an encoded letter', 'https://client.example/oauth/%63allback'],
    ['a double slash', 'https://client.example//oauth/callback'],
    ['userinfo', 'https://client.example@evil.example/oauth/callback'],
    ['userinfo of its own', 'https://evil@client.example/oauth/callback'],
    ['a backslash for userinfo', 'https://evil.example\\@client.example/oauth/callback'],
    ['a port', 'https://client.example:8443/oauth/callback'],
    ['the default port', 'https://client.example:443/oauth/callback'],
    ['http', 'http://client.example/oauth/callback'],
    ['an upper-case scheme', 'HTTPS://client.example/oauth/callback'],
    ['an upper-case host', 'https://CLIENT.example/oauth/callback'],
    ['an upper-case path', 'https://client.example/oauth/Callback'],
    ['a dot at the end of the host', 'https://client.example./oauth/callback'],
    ['a query', `${registered}?to=https://evil.example`],
    ['an empty query', `${registered}?`],
    ['a fragment', `${registered}#evil`],
    ['an empty fragment', `${registered}#`],
    ['a space before', ` ${registered}`],
    ['a tab inside', 'https://client.example/oauth/\tcallback'],
    ['a NUL after', `${registered}\0`],
    ['a letter that looks the same', 'https://cli\u0435nt.example/oauth/callback'],
    ['no scheme', '//client.example/oauth/callback'],
    ['a path alone', '/oauth/callback'],
    ['javascript', 'javascript:alert(1)//client.example/oauth/callback'],
    ['data', 'data:text/html,evil'],
    ['loopback, though none is registered', loopback],
  ])(verifies(['A12', 'A13'], '%s is not redirected to'), async (_title, uri) => {
    await expectPage(await ask(web, { redirect_uri: uri }))
  })

  test.each([
    ['localhost for its address', 'http://localhost:8080/callback'],
    ['another loopback address', 'http://127.0.0.2:8080/callback'],
    ['a host that begins so', 'http://127.0.0.1.evil.example:8080/callback'],
    ['a host that ends so', 'http://evil.example:8080@127.0.0.1/callback'],
    ['another path', 'http://127.0.0.1:8080/callback/evil'],
    ['a query', 'http://127.0.0.1:8080/callback?to=evil'],
    ['https', 'https://127.0.0.1:8080/callback'],
    ['all addresses', 'http://0.0.0.0:8080/callback'],
  ])(verifies(['A12', 'A13'], 'of loopback, %s is not redirected to'), async (_title, uri) => {
    await expectPage(await ask(native, { redirect_uri: uri }))
  })

  test(verifies(['A13'], 'of loopback, another port is'), async () => {
    const response = await ask(native, { redirect_uri: 'http://127.0.0.1:51234/callback' })
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toMatch(/^\/sign-in\?next=/)
  })

  test(verifies(['A11', 'A12'], 'two of them are not chosen from'), async () => {
    const two = { redirect_uri: [registered, 'https://evil.example/cb'] }
    await expectPage(await ask(web, two))
  })

  test(verifies(['A12'], 'a wrong one is not redirected to though all else is wrong'), async () => {
    const fields = { redirect_uri: 'https://evil.example/cb', response_type: 'token', scope: 'x' }
    await expectPage(await ask(web, fields))
  })

  test(verifies(['A33'], 'a code is not exchanged under another one'), async () => {
    const code = await obtainCode(origin, { client: web })
    const evil = { redirect_uri: 'https://evil.example/cb' }
    const { status, body } = await exchangeCode(origin, code, evil)
    expect([status, body.error]).toEqual([400, 'invalid_grant'])
    expect((await exchangeCode(origin, code)).status).toBe(200)
  })
})
