import { randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { rawRequest, sendRaw } from '../support/oauth/oauth-raw'
import { sharedOrigin } from '../support/server/portico'

const origin = sharedOrigin()

test.each([
  '/%00',
  '/mcp%00',
  '/mcp/%00',
  '/consent/%00',
  '/consent/%00/decision',
  '/consent/%ff/decision',
  '/.well-known/%00',
  '/.well-known/oauth-protected-resource/%ff',
  '/%E0%A4%A',
  '/%',
  '/..%2f..%2f..%2fetc%2fpasswd',
  '//evil.example/mcp',
  '/\\evil.example',
  `/${'a'.repeat(7000)}`,
  `/${'a/'.repeat(2000)}`,
  '/mcp?%00=%ff&a[]=b&a[__proto__]=c',
  '/sign-in?next=%00',
  '/sign-in?next=//evil.example',
  '/setup?token=%00',
  '/api/auth/%00',
  '/admin/log/export?q=%00&cursor=%00',
  '/admin/%00',
])('the path %s', async (path) => {
  for (const method of ['GET', 'POST']) {
    const answer = await sendRaw(origin, rawRequest(`${method} ${path}`))
    expect([method, answer.status >= 200 && answer.status < 500]).toEqual([method, true])
    expect(answer.text).not.toMatch(/^location: (https?:)?\/\/evil/im)
  }
})

test.each([
  ['a user agent of any bytes', ['user-agent: \xff\xfe\x80\xed\xa0\x80']],
  ['an origin of any bytes', ['origin: \xff']],
  ['two authorizations', ['authorization: Bearer a', 'authorization: Bearer b']],
  ['two content types', ['content-type: text/plain', 'content-type: application/json']],
  ['two hosts in one', ['x-forwarded-host: a, b', 'forwarded: for="[::1"']],
  ['no address', ['x-forwarded-for: ,,,unknown,"_x"']],
  ['a version of any bytes', ['mcp-protocol-version: \xe4\xf6']],
  ['a hundred headers', Array.from({ length: 100 }, (_, index) => `x-${index}: ${index}`)],
  ['a header of 12 000 bytes', [`x-long: ${'y'.repeat(12_000)}`]],
  ['cookies that are none', ['cookie: =;;;=x; next-auth.session-token=..;%']],
  ['a bearer token of any bytes', ['authorization: Bearer \xff\xfe']],
  ['Accept of any kind', ['accept: ;q=,*/*/*']],
])('headers: %s', async (_title, headers) => {
  for (const path of ['/mcp', '/token', '/authorize', '/.well-known/oauth-protected-resource']) {
    const answer = await sendRaw(origin, rawRequest(`POST ${path}`, headers, '{}'))
    expect([path, answer.status >= 200 && answer.status < 500]).toEqual([path, true])
  }
})

test('bytes that are no HTTP are refused, and the server lives on', async () => {
  const noise = [
    '\r\n\r\n',
    'GET / HTTP/9.9\r\n\r\n',
    'POST /mcp HTTP/1.1\r\ncontent-length: -1\r\n\r\n',
  ]
  const long = rawRequest('GET /mcp', [`x-long: ${'y'.repeat(100_000)}`])
  for (const bytes of [
    ...noise,
    long,
    Buffer.from(Array.from({ length: 512 }, () => randomInt(256))),
  ]) {
    const { status } = await sendRaw(origin, bytes)
    expect(status === 0 || (status >= 400 && status < 600)).toBe(true)
  }
  expect((await fetch(`${origin}/.well-known/jwks.json`)).status).toBe(200)
})
