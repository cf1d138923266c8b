import { createServer, type RequestListener, type Server } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { ask } from '@/lib/doctor/ask'
import { clockSkewOf } from '@/lib/doctor/clock'
import { probeOf } from '../support/browser/looks'
import { freePort } from '../support/server/free-port.mjs'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  const port = await freePort()
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(port, resolve))
  return `http://localhost:${port}/`
}

const never = new AbortController().signal
const question = (url: string) =>
  ({ target: 'jwks', method: 'GET', url, userAgent: 'python-httpx/0.28.1 portico-probe' }) as const
const asked = (url: string, timeoutMs = 5000) => ask(question(url), { timeoutMs, signal: never })

test('an answer comes with its status, its headers in lower case and its body', async () => {
  const url = await serve((request, response) => {
    response.writeHead(401, { 'WWW-Authenticate': 'Bearer' }).end(request.headers['user-agent'])
  })
  const answer = await asked(url)
  expect(answer).toMatchObject({ status: 401, error: null, body: question(url).userAgent })
  expect(answer.headers['www-authenticate']).toBe('Bearer')
})

test('a redirect is an answer, and is not followed', async () => {
  const paths: (string | undefined)[] = []
  const url = await serve((request, response) => {
    paths.push(request.url)
    response.writeHead(302, { location: '/elsewhere' }).end()
  })
  expect((await asked(url)).status).toBe(302)
  expect(paths).toEqual(['/'])
})

test('of an endless body only the beginning is read', async () => {
  const url = await serve((_request, response) => {
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(10_000)));
      response.once('drain', more)
    }
    more()
  })
  expect((await asked(url)).body).toHaveLength(20_000)
})

test.each<[string, RequestListener]>([
  ['at all', () => undefined],
  ['with all of its body', (_request, response) => void response.write('x')],
])('who does not answer %s in time has not answered', async (_, listener) => {
  const url = await serve(listener)
  expect(await asked(url, 300)).toMatchObject({ status: null, error: 'timeout' })
})

test('a closed port is no fault of the asker', async () => {
  const answer = await asked(`http://localhost:${await freePort()}/`)
  expect(answer).toMatchObject({ status: null, error: 'ECONNREFUSED' })
})

test('a host that cannot be resolved is told as such', async () => {
  const answer = await asked('http://nowhere.invalid/')
  expect(answer.error).toMatch(/^(ENOTFOUND|EAI_AGAIN|timeout)$/)
})

test('the clock is compared with the dates of those who answered', () => {
  const at = Date.parse('2026-11-24T18:24:53Z')
  const date = 'Tue, 24 Nov 2026 18:22:53 GMT'
  const answered = { headers: { date }, durationMs: 0 }
  const ahead = probeOf({ jwks: answered, 'challenge-post': answered }, { at })
  expect(clockSkewOf(ahead)).toBe(120_000)
  expect(clockSkewOf(probeOf())).toBeNull()
})
