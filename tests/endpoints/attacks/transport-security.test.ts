import { expect, test, vi } from 'vitest'
import { sharedOrigin, startPortico } from '../../support/server/portico'

// a process is started
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const requests = [
  'GET /',
  'GET /healthz',
  'GET /readyz',
  'GET /sign-in',
  'GET /admin',
  'GET /icon.svg',
  'GET /favicon.ico',
  'GET /_next/static/none.js',
  'GET /_next/image',
  'GET /nowhere',
  'GET /.well-known/oauth-authorization-server',
  'GET /.well-known/oauth-protected-resource/mcp',
  'GET /authorize',
  'GET /api/auth/session',
  'GET /api/auth/signout',
  'POST /mcp',
  'POST /token',
  'POST /register',
  'OPTIONS /mcp',
  'HEAD /sign-in',
]

const strictIn = async (origin: string, line: string): Promise<string | null> => {
  const [method = '', path] = line.split(' ')
  const response = await fetch(`${origin}${path}`, { method, redirect: 'manual' })
  await response.body?.cancel()
  return response.headers.get('strict-transport-security')
}

test('an https origin is kept to, by every answer (RFC 6797 §6.1)', async () => {
  const portico = await startPortico({ env: { PORTICO_URL: 'https://portico.test' } })
  for (const line of requests) {
    expect([line, await strictIn(portico.origin, line)]).toEqual([line, 'max-age=31536000'])
  }
  const page = await (await fetch(`${portico.origin}/sign-in`)).text()
  const script = /\/_next\/static\/[^"]+\.js/.exec(page)?.[0]
  expect(script).toBeDefined()
  expect(await strictIn(portico.origin, `GET ${script}`)).toBe('max-age=31536000')
  await portico.stop()
})

test('one that is http says nothing of it (RFC 6797 §7.2)', async () => {
  for (const line of requests) {
    expect([line, await strictIn(sharedOrigin(), line)]).toEqual([line, null])
  }
})
