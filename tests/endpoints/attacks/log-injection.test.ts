import { beforeAll, describe, expect, test, vi } from 'vitest'
import { postForm, register } from '../../support/oauth/oauth'
import { rawRequest, sendRaw } from '../../support/oauth/oauth-raw'
import { newBrowser, signInWith } from '../../support/people/operator'
import { untilLogged } from '../../support/people/operator-log'
import { startPortico } from '../../support/server/portico'
import { admin, type Portico } from '../../support/server/portico-process'

// two processes are started, one after another
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

/** What a stranger would like to see in the log, as if the server had said it. */
const forged = '23:59:59 token.issued             200 POST /forged'
const url = (text: string) => encodeURIComponent(text)
const evil = `\n${forged}\r\u001b[31mred\u001b]0;title\u0007\u202etfel\u2066\u2028`
const encoded = url(evil)
/** As a header can carry it: one byte for each character. */
const bytes = '\u009b31mred\u009b2J\u0085'

const form = 'content-type: application/x-www-form-urlencoded'
const boundary = 'content-type: multipart/form-data; boundary=x'
const part = `--x\r\nContent-Disposition: form-data; name="1_$ACTION_ID_${evil}"\r\n\r\n${evil}\r\n--x--\r\n`

/** What prints, or might, with what a stranger sent in it. */
const requests: readonly Buffer[] = [
  ...['/_next/image', '/_next/image/', '/_next/im%61ge'].map((path) =>
    rawRequest(`GET ${path}?url=%2Fmcp${encoded}&w=640&q=75`),
  ),
  rawRequest(`GET /_next/static/${encoded}`),
  rawRequest(`GET /_next/data/${encoded}/index.json`),
  rawRequest(
    'POST /api/auth/_log',
    [form],
    `level=error&code=${encoded}&message=${encoded}&stack=${encoded}`,
  ),
  rawRequest(
    'POST /api/auth/_log',
    ['content-type: application/json'],
    JSON.stringify({ level: 'error', code: evil, message: evil, error: { message: evil } }),
  ),
  ...['/sign-in', '/setup', '/invite', '/admin', '/account', '/consent/x'].flatMap((path) => [
    rawRequest(`POST ${path}`, [`next-action: ${bytes}`, boundary], part),
    rawRequest(`POST ${path}`, [`next-action: ${'a'.repeat(42)}${bytes}`, form], encoded),
    rawRequest(`POST ${path}`, ['next-action: 00', 'content-type: text/plain'], evil),
  ]),
  rawRequest('GET /sign-in', ['rsc: 1', `next-router-state-tree: ${bytes}`]),
  rawRequest('GET /sign-in', ['rsc: 1', `next-router-state-tree: ${encoded}`]),
  rawRequest(`GET /nowhere/${encoded}`),
  rawRequest(`GET /nowhere/${encoded}?${encoded}`, [`user-agent: ${bytes}`, `via: ${bytes}`]),
  rawRequest('GET /api/auth/session', [`cookie: next-auth.session-token=${bytes}`]),
  rawRequest('GET /api/auth/session', [`cookie: next-auth.session-token=${encoded}`]),
  ...['error', 'signin', 'signout', 'verify-request', 'csrf', 'callback/github', encoded].map(
    (action) =>
      rawRequest(`GET /api/auth/${action}?error=${encoded}&callbackUrl=${encoded}`, [
        `cookie: next-auth.callback-url=${encoded}`,
      ]),
  ),
  rawRequest(`POST /api/auth/callback/${encoded}`, [form], `csrfToken=${encoded}`),
  rawRequest('POST /register', ['content-type: application/json'], `{"redirect_uris":"${encoded}"`),
  rawRequest('POST /token', [form], `grant_type=${encoded}&code=${encoded}&client_id=${encoded}`),
  rawRequest(`GET /authorize?client_id=${encoded}&redirect_uri=${encoded}&state=${encoded}`),
  rawRequest(
    'POST /mcp',
    [`authorization: Bearer ${bytes}`, `mcp-protocol-version: ${bytes}`],
    evil,
  ),
  rawRequest(`GET /.well-known/${encoded}`),
  rawRequest(`GET /shared/${encoded}`),
  rawRequest(`GET /consent/${encoded}`),
]

async function attack({ origin }: Portico): Promise<void> {
  for (const request of requests) await sendRaw(origin, request)
  const stranger = newBrowser(origin)
  await signInWith(stranger, { email: evil, password: evil })
  const names = { client_name: `a${evil}`, redirect_uris: ['https://client.example/callback'] }
  await register(origin, names).catch(() => null)
  await postForm(`${origin}/register`, { client_name: evil }).catch(() => null)
}

describe.each(['text', 'json'])('log injection, with lines of %s', (kind) => {
  let printed: string
  let lines: string[]

  beforeAll(async () => {
    const portico = await startPortico({ env: { PORTICO_LOG: kind } })
    await attack(portico)
    await portico.stop()
    printed = portico.output()
    lines = printed.split('\n').filter((line) => line !== '')
  })

  test('nothing that moves a cursor or turns the direction of a text is printed', () => {
    expect(lines.length).toBeGreaterThan(requests.length / 2)
    const control = /[^\n\t\P{Cc}]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u
    expect(lines.filter((line) => control.test(line))).toEqual([])
  })

  test('no line that somebody else made looks like one of the server', () => {
    // it was printed at all: encoded, in paths; and not at the beginning of a line
    expect(printed).toContain('POST%20%2Fforged')
    expect(lines.filter((line) => line.trimStart().startsWith(forged))).toEqual([])
    const ours =
      kind === 'json'
        ? /^\{"time":"\d{4}-\d\d-\d\dT/
        : /^(\d\d:\d\d:\d\d [a-z]|(next-auth: [A-Z_]+|proxies: a request) |\| | {2}\S)/
    const others = lines.filter((line) => !ours.test(line))
    expect(others).toEqual([])
  })
})

test('neither the optimizer of images nor what nobody needs of next-auth is there', async () => {
  const portico = await startPortico()
  const { origin } = portico
  const unserved = [
    ['GET', '/_next/image?url=%2Ficon.svg&w=640&q=75'],
    ['POST', '/api/auth/_log'],
    ['GET', '/api/auth/signout'],
    ['GET', '/api/auth/verify-request'],
    ['GET', '/api/auth/callback'],
    ['POST', '/api/auth/callback/nobody'],
    ['POST', '/api/auth/signin/nobody'],
    ['GET', '/api/auth/constructor'],
    ['GET', '/api/auth/session/x'],
  ] as const
  for (const [method, path] of unserved) {
    const { status } = await fetch(`${origin}${path}`, { method, redirect: 'manual' })
    expect([method, path, status]).toEqual([method, path, 404])
  }
  for (const provider of ['credentials', 'passkey', 'second-step']) {
    const path = `/api/auth/callback/${provider}`
    const { status } = await postForm(`${origin}${path}`, { csrfToken: 'x', json: 'true' })
    expect([path, status]).not.toEqual([path, 404])
  }
  const operator = newBrowser(origin)
  await signInWith(operator, admin)
  const expected = unserved.map(([, path]) => path.replace(/\?.*/, ''))
  const rows = await untilLogged(operator, { name: 'path.missed' }, (all) => {
    const paths = all.map(({ path }) => path)
    return expected.every((path) => paths.includes(path))
  })
  expect(rows.map(({ path }) => path)).toEqual(expect.arrayContaining(expected))
  await portico.stop()
})
