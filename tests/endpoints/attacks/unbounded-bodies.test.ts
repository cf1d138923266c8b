import { connect as openSocket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { peakGrowth } from '../../support/load/peak-memory'
import { postMcp } from '../../support/mcp/mcp-message'
import { type Framing, sendStreamed } from '../../support/network/streamed-body'
import { rawRequest, sendRaw } from '../../support/oauth/oauth-raw'
import { connect } from '../../support/oauth/oauth-tokens'
import { operatorOf } from '../../support/people/operator'
import { reasonOf, untilLogged } from '../../support/people/operator-log'
import { actionNamed } from '../../support/people/server-action'
import { startPortico } from '../../support/server/portico'

const portico = await startPortico({ env: { PORTICO_PROXY_HOPS: '1' } })
const { origin, pid } = portico
const operator = await operatorOf(origin)

const megabytes = 1024 * 1024
/** Of the heap that does its work meanwhile. */
const mostGrowth = 96

const html = 'accept: text/html'
const form = 'content-type: application/x-www-form-urlencoded'
const multipart = 'content-type: multipart/form-data; boundary=x'
const action = `next-action: ${actionNamed('setup/actions.ts', 'createFirstAdmin')}`

const targets: [string, string, readonly string[]][] = [
  ['a sign-in', '/api/auth/callback/credentials', [form]],
  ['a page', '/sign-in', [html, multipart]],
  ['a page that takes no form', '/admin', [html]],
  ['a server action', '/setup', [action, 'content-type: text/plain;charset=UTF-8']],
  ['an unknown path', '/no/such/path', []],
  ['a file of Next', '/_next/static/x.js', []],
  ['a path of Next', '/_next/image', []],
  ['the token endpoint', '/token', [form]],
  ['registration', '/register', ['content-type: application/json']],
  ['a health check', '/healthz', []],
  ['the MCP endpoint', '/mcp', ['content-type: application/json']],
]

test.each(targets)('three bodies of 200 MB to %s are not taken', async (_title, path, headers) => {
  for (const framing of ['chunked', 'content-length'] satisfies Framing[]) {
    const bytes = 200 * megabytes
    const one = () => sendStreamed(origin, { path, framing, bytes, headers })
    let sent = 0
    const growth = await peakGrowth(pid, async () => {
      const answers = await Promise.all([one(), one(), one()])
      sent = Math.max(...answers.map((answer) => answer.sent))
      // who sends on regardless may find the connection ended before the answer is read
      for (const { status } of answers) expect([0, 401, 404, 405, 413]).toContain(status)
    })
    expect(growth).toBeLessThan(mostGrowth)
    expect(sent).toBeLessThan(bytes / 2)
  }
  expect((await fetch(`${origin}/healthz`)).status).toBe(200)
})

/** A byte a second. @returns whether the connection was ended in two minutes */
async function sendSlowly(): Promise<'ended' | 'open'> {
  const socket = openSocket(Number(new URL(origin).port), 'localhost')
  let state: 'ended' | 'open' = 'open'
  socket.on('error', () => {}).resume()
  socket.on('close', () => {
    state = 'ended'
  })
  socket.write('POST /sign-in HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n')
  for (let second = 0; second < 120 && state === 'open'; second += 1) {
    if (socket.writable) socket.write('1\r\na\r\n')
    await sleep(1000)
  }
  socket.destroy()
  return state
}
/** From the beginning: it takes as long as all other tests do. */
const slow = sendSlowly()

const long = 'a'.repeat(64 * 1024 + 1)

test.each<[string, string, readonly string[], RegExp]>([
  ['OAuth JSON', '/token', [form], /"error":"invalid_request"/],
  ['that of registration', '/register', [], /"error":"invalid_client_metadata"/],
  ['a page', '/sign-in', [html, multipart], /<h1>/],
  ['plain text', '/setup', [action], /^[^<{]*larger than 64 KiB[^<{]*$/],
  ['JSON', '/nowhere', [], /"error":"invalid_request"/],
])('413 in a shape of its own: %s', async (_title, path, headers, shape) => {
  const answer = await sendRaw(origin, rawRequest(`POST ${path}`, headers, long))
  expect(answer.status).toBe(413)
  const [head = '', body = ''] = answer.text.split('\r\n\r\n')
  expect(body).toMatch(shape)
  expect(head).toMatch(/^x-content-type-options: nosniff/im)
  expect(head).toMatch(/^content-security-policy: default-src 'none'/im)
  await untilLogged(operator, { event: 'request.refused', path }, (rows) =>
    rows.some((row) => row.status === 413 && reasonOf(row)?.kind === 'request-body'),
  )
})

test('413 of MCP is JSON-RPC, for whoever has a token, and only beyond 4 MiB', async () => {
  const beyond = `content-length: ${4 * megabytes + 1}`
  const begin = 'POST /mcp HTTP/1.1\r\nhost: localhost\r\n'
  expect((await sendRaw(origin, `${begin}${beyond}\r\n\r\n`)).status).toBe(401)
  const token = `authorization: Bearer ${(await connect(origin, { operator })).tokens.access_token}`
  const answer = await sendRaw(origin, `${begin}${token}\r\n${beyond}\r\n\r\n`)
  expect(answer.status).toBe(413)
  expect(answer.text).toContain('"jsonrpc":"2.0"')
  expect((await sendRaw(origin, rawRequest('POST /mcp', [], long))).status).toBe(401)
})

test('a request of MCP holds a hundred messages at most', async () => {
  const { access_token: token } = (await connect(origin, { operator })).tokens
  const cancelled = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 9 } }
  const many = (count: number) => JSON.stringify(Array.from({ length: count }, () => cancelled))
  const { status, text } = await postMcp(`${origin}/mcp`, token, many(101))
  expect(status).toBe(400)
  expect(text).toContain('more than 100 messages in one request')
  expect((await postMcp(`${origin}/mcp`, token, many(100))).text).not.toContain('messages in one')
})

test('who asks first whether to send the body is told no', async () => {
  const headers = ['expect: 100-continue', 'content-length: 999999999']
  const answer = await sendRaw(origin, rawRequest('POST /sign-in', headers))
  expect(answer.status).toBe(413)
  const small = rawRequest('POST /token', [form, 'expect: 100-continue'], 'a=b')
  const { text } = await sendRaw(origin, small)
  expect(text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 4\d\d /)
  expect((await sendRaw(origin, rawRequest('GET /mcp', ['expect: tea']))).status).toBe(417)
})

test.each([
  ['two lengths', ['content-length: 2', 'content-length: 3']],
  ['a length and chunks', ['content-length: 2', 'transfer-encoding: chunked']],
  ['chunks that are not last', ['transfer-encoding: chunked, identity']],
  ['an unknown coding', ['transfer-encoding: xchunked']],
  ['a length below nothing', ['content-length: -1']],
  ['a length that is none', ['content-length: 0x10']],
  ['a length beyond all numbers', ['content-length: 99999999999999999999999']],
])('a body with %s is refused', async (_title, lines) => {
  for (const path of ['/token', '/sign-in', '/nowhere']) {
    const head = [`POST ${path} HTTP/1.1`, 'host: localhost', ...lines].join('\r\n')
    const { status } = await sendRaw(origin, `${head}\r\n\r\n{}`)
    expect([path, status >= 400 && status < 500]).toEqual([path, true])
  }
})

test('a body that comes slowly does not keep its place for good', async () => {
  expect(await slow).toBe('ended')
}, 150_000)
