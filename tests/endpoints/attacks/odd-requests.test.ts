import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { rawRequest, sendRaw } from '../../support/oauth/oauth-raw'
import { operatorOf } from '../../support/people/operator'
import { reasonOf, untilLogged } from '../../support/people/operator-log'
import { actionNamed } from '../../support/people/server-action'
import { sharedOrigin } from '../../support/server/portico'

const origin = sharedOrigin()
const operator = await operatorOf(origin)
const { port } = new URL(origin)
/** Every answer ends its connection; a busy machine takes its time. */
const ask = (bytes: string | Buffer) => sendRaw(origin, bytes, 45_000)

const paths = ['/', '/sign-in', '/mcp', '/token', '/nowhere', '/api/auth/session', '/_next/x']

/** One whose headers never end, from the beginning: it takes as long as all other tests do. */
const endless = isEnded('GET / HTTP/1.1\r\nhost: localhost\r\n', 50_000)

/** A request that does not ask for its connection to be ended. @returns whether it was */
async function isEnded(bytes: string, withinMs = 10_000): Promise<boolean> {
  const socket = connect(Number(port), 'localhost')
  socket.on('error', () => {}).resume()
  socket.write(bytes)
  const closed = new Promise<boolean>((resolve) => socket.once('close', () => resolve(true)))
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), withinMs))
  return Promise.race([closed, late]).finally(() => socket.destroy())
}

test('a request without a Host', async () => {
  for (const path of paths) {
    const { status, text } = await ask(`GET ${path} HTTP/1.1\r\nconnection: close\r\n\r\n`)
    expect([path, status]).toEqual([path, 400])
    expect(text).toMatch(/^x-content-type-options: nosniff/im)
  }
  await untilLogged(operator, { event: 'request.refused' }, (rows) =>
    rows.some((row) => reasonOf(row)?.kind === 'request-headers'),
  )
})

describe('methods', () => {
  test.each(['TRACE', 'PROPFIND', 'LOCK', 'PURGE', 'M-SEARCH', 'SOURCE'])('%s', async (method) => {
    for (const path of paths) {
      const { status, text } = await ask(rawRequest(`${method} ${path}`))
      expect([path, status]).toEqual([path, 405])
      expect(text).toMatch(/^allow: GET, HEAD/im)
      expect(text).toMatch(/^x-content-type-options: nosniff/im)
    }
    await untilLogged(operator, { event: 'method.refused' }, (rows) =>
      rows.some((row) => row.method === method),
    )
  })

  test('a method that HTTP does not know', async () => {
    const { status, text } = await ask(rawRequest('FROBNICATE /'))
    expect(status).toBe(400)
    expect(text).toMatch(/^content-security-policy: /im)
  })

  test('CONNECT is answered and ended', async () => {
    const bytes = 'CONNECT evil.example:443 HTTP/1.1\r\nhost: evil.example\r\n\r\n'
    expect((await ask(bytes)).status).toBe(405)
    expect(await isEnded(bytes)).toBe(true)
  })
})

test.each(['websocket', 'h2c', 'TLS/1.0', 'x'])('an upgrade to %s is none', async (protocol) => {
  for (const path of paths) {
    const upgrade = `connection: Upgrade, close\r\nupgrade: ${protocol}\r\nhttp2-settings: AAA`
    const bytes = `GET ${path} HTTP/1.1\r\nhost: localhost\r\n${upgrade}\r\n\r\n`
    const { status } = await ask(bytes)
    // what is no upgrade is a request like any other (RFC 9110 §7.8)
    expect([path, status >= 200 && status < 500]).toEqual([path, true])
  }
  const socket = connect(Number(port), 'localhost')
  const answers: string[] = []
  socket.on('error', () => {}).on('data', (data) => answers.push(String(data)))
  const get = (path: string) => `GET ${path} HTTP/1.1\r\nhost: localhost\r\n`
  socket.write(`${get('/healthz')}connection: Upgrade\r\nupgrade: ${protocol}\r\n\r\n`)
  await expect.poll(() => answers.join('')).toContain('HTTP/1.1 200')
  // and its connection goes on in HTTP
  socket.write(`${get('/readyz')}connection: close\r\n\r\n`)
  await expect.poll(() => answers.join('').match(/HTTP\/1\.1 200/g)?.length).toBe(2)
  socket.destroy()
})

describe('request targets', () => {
  test.each([
    'http://evil.example/',
    'http://evil.example/sign-in',
    'https://evil.example/mcp',
    'HTTP://EVIL.example',
    `http://user:secret@localhost:${port}/sign-in`,
    'http://[::1',
    'ftp://localhost/x',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'mcp',
    '*',
    '/sign-in#x',
    '/\\evil.example',
    '/x\\..\\y',
  ])('%s is refused', async (target) => {
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      const { status, text } = await ask(rawRequest(`${method} ${target}`))
      expect([method, status]).toEqual([method, 400])
      expect(text).not.toMatch(/^location:/im)
      expect(text).toMatch(/^x-content-type-options: nosniff/im)
      expect(text).not.toContain('secret')
    }
    await untilLogged(operator, { event: 'request.refused' }, (rows) =>
      rows.some((row) => reasonOf(row)?.kind === 'request-target'),
    )
  })

  test('the absolute form of this server is what it stands for (RFC 9112 §3.2.2)', async () => {
    const { status } = await ask(rawRequest(`GET ${origin}/healthz`))
    expect(status).toBe(200)
    const { text } = await ask(rawRequest(`GET ${origin}`))
    expect(text).not.toMatch(/^location: http/im)
  })

  test.each(['//evil.example/mcp', '//evil.example', '///evil.example', '/%5cevil.example'])(
    '%s leads nowhere else',
    async (target) => {
      const { status, text } = await ask(rawRequest(`GET ${target}`))
      expect(status).toBeLessThan(500)
      expect(text).not.toMatch(/^location: *(https?:)?[/\\]{2}/im)
    },
  )

  test.each([
    '/sign-in?next=%00&error=%00&email=%00',
    '/sign-in?next=%',
    '/sign-in?%=%&%00=%00',
    '/sign-in?next=%ff%fe%c0%80',
    '/sign-in?next=%ed%a0%80',
    '/setup?token=a%00b',
    '/invite?token=a%00b',
    '/invite?token=%ff',
    '/shared/%00',
    '/shared/a%00b',
    '/consent/%00',
    '/api/auth/%00',
    '/api/auth/signin?callbackUrl=%00',
    '/api/auth/session?callbackUrl=nonsense',
    '/api/auth/error?error=%0d%0aX',
    '/api/auth/error?error=%00',
    '/api/auth/signin/%00?error=%ff',
    `/sign-in?${'a=b&'.repeat(2000)}`,
    `/sign-in?${'a['.repeat(2000)}`,
    '/admin/log?cursor=%00&q=%00',
  ])('%s is no fault', async (target) => {
    for (const method of ['GET', 'POST']) {
      const { status, text } = await ask(rawRequest(`${method} ${target}`))
      expect([method, status >= 200 && status < 500]).toEqual([method, true])
      expect(text).not.toMatch(/prisma|invocation|byte sequence|22021/i)
    }
  })
})

const part = (name: string, value = '') =>
  `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
const boundary = 'content-type: multipart/form-data; boundary=x'

describe('forms', () => {
  const known = actionNamed('setup/actions.ts', 'createFirstAdmin')
  const cut = `--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nb`

  test.each<[string, string, string]>([
    ['cut', boundary, cut],
    ['empty', boundary, ''],
    ['no parts', boundary, '--x\r\n'],
    ['no boundary', 'content-type: multipart/form-data', cut],
    ['an odd boundary', 'content-type: multipart/form-data; boundary="\xff', cut],
    ['another boundary', 'content-type: multipart/form-data; boundary=y', `${part('a')}--x--\r\n`],
    ['an unknown action', boundary, `${part(`$ACTION_ID_${'a'.repeat(42)}`)}--x--\r\n`],
    ['an action that is none', boundary, `${part('$ACTION_ID_x')}--x--\r\n`],
    ['a reference to nothing', boundary, `${part('$ACTION_REF_1')}--x--\r\n`],
    [
      'a broken reference',
      boundary,
      `${part('$ACTION_REF_1')}${part('$ACTION_1:0', '{"id')}--x--\r\n`,
    ],
    [
      'a reference with broken arguments',
      boundary,
      `${part('$ACTION_REF_1')}${part('$ACTION_1:0', `{"id":"${known}","bound":"$@1"}`)}${part('$ACTION_1:1', '[')}--x--\r\n`,
    ],
    ['a known action without its form', boundary, `${part(`$ACTION_ID_${known}`)}--x--\r\n`],
    ['a key that is a prototype', boundary, `${part('__proto__')}${part('$ACTION_KEY')}--x--\r\n`],
  ])('multipart: %s', async (_title, type, body) => {
    for (const path of ['/sign-in', '/setup', '/nowhere', '/api/auth/callback/credentials']) {
      const answer = await ask(rawRequest(`POST ${path}`, [type], body))
      expect([path, answer.status >= 200 && answer.status < 500]).toEqual([path, true])
    }
  })

  test.each<[string, string, readonly string[]]>([
    ['an unknown id', 'a'.repeat(42), ['[]']],
    ['an id that is none', 'x', ['[]', '']],
    ['an id that is a prototype', '__proto__', ['[]']],
    ['arguments that are none', known, ['', '{', 'null', '5', '"x"', '{}', '["$F1"]', '["$@9"]']],
    ['odd arguments', known, ['[null]', '[[],[]]', '[{},"$K1"]', '["$undefined",5]', '["$T"]']],
    ['many arguments', known, [`[${'1,'.repeat(5000)}1]`, `${'['.repeat(20_000)}`]],
    ['deep arguments', known, [`${'['.repeat(9000)}${']'.repeat(9000)}`]],
  ])('action: %s', async (_title, id, bodies) => {
    for (const type of [
      'text/plain;charset=UTF-8',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      for (const body of bodies) {
        const headers = [`next-action: ${id}`, `content-type: ${type}`]
        const answer = await ask(rawRequest('POST /setup', headers, body))
        expect([type, body.slice(0, 20), answer.status >= 200 && answer.status < 500]).toEqual([
          type,
          body.slice(0, 20),
          true,
        ])
      }
    }
  })
})

test.each<[string, readonly string[]]>([
  ['a broken router state', ['rsc: 1', 'next-router-state-tree: %%%']],
  ['a router state that is none', ['rsc: 1', 'next-router-state-tree: %5B%22x%22%5D']],
  ['two router states', ['rsc: 1', 'next-router-state-tree: %5B%5D', 'next-router-state-tree: x']],
  [
    'a prefetch of nothing',
    ['rsc: 1', 'next-router-prefetch: 1', 'next-router-segment-prefetch: /%00'],
  ],
  [
    'headers of Next itself',
    [
      'x-invoke-path: /admin',
      'x-matched-path: /%00',
      'x-nextjs-data: 1',
      'x-invoke-status: 500',
      'x-invoke-error: {',
      'x-now-route-matches: %',
      'x-middleware-invoke: 1',
      'next-resume: 1',
    ],
  ],
  ['a forwarded action', ['x-action-forwarded: 1', 'next-action: x']],
  ['a draft', ['cookie: __prerender_bypass=x; __next_preview_data=%00']],
  ['cookies that are none', ['cookie: =;;%;next-auth.session-token=%00%ff;next-auth.csrf-token=%']],
  ['a stale session', ['cookie: next-auth.session-token=eyJhbGciOiJkaXIifQ..a.b.c']],
  ['a broken way back', ['cookie: next-auth.callback-url=nonsense']],
  ['a range', ['range: bytes=9-1,-,x', 'if-range: "x"']],
  ['conditions', ['if-none-match: \xff', 'if-modified-since: never', 'if-match: *']],
  ['a language', ['accept-language: \xff,;q=,**']],
  ['an encoding', ['accept-encoding: br;q=x, *;q=0, identity;q=0']],
  ['a nonce', ['x-nonce: "><script>', "content-security-policy: script-src 'nonce-\xff'"]],
])('headers: %s', async (_title, headers) => {
  for (const path of [...paths, '/admin', '/icon.svg', '/sign-in?_rsc=x', '/api/auth/csrf']) {
    for (const method of ['GET', 'POST']) {
      const answer = await ask(rawRequest(`${method} ${path}`, headers))
      expect([method, path, answer.status >= 200 && answer.status < 500]).toEqual([
        method,
        path,
        true,
      ])
    }
  }
})

test('more headers than anybody sends are refused', async () => {
  const headers = Array.from({ length: 400 }, (_, index) => `x-${index}: 1`)
  const { status, text } = await ask(rawRequest('GET /sign-in', headers))
  expect(status).toBe(431)
  expect(text).toMatch(/^x-content-type-options: nosniff/im)
})

test('a header that never ends keeps no connection for good', async () => {
  expect(await endless).toBe(true)
})

test('bytes that are no HTTP are refused with our headers', async () => {
  const { status, text } = await sendRaw(
    origin,
    Buffer.from('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n', 'latin1'),
  )
  expect(status).toBe(400)
  expect(text).toMatch(/^x-content-type-options: nosniff/im)
  await untilLogged(operator, { event: 'request.refused' }, (rows) =>
    rows.some((row) => reasonOf(row)?.kind === 'request-not-http'),
  )
})
