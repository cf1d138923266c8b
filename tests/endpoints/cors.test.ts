import { expect, test } from 'vitest'
import { sharedOrigin } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

const origin = sharedOrigin()

/** Endpoints that browser-based clients call, with a method that each of them takes. */
const forBrowsers = [
  ['GET', '/.well-known/oauth-protected-resource'],
  ['GET', '/.well-known/oauth-protected-resource/mcp'],
  ['GET', '/.well-known/oauth-authorization-server'],
  ['GET', '/.well-known/oauth-authorization-server/mcp'],
  ['GET', '/.well-known/jwks.json'],
  ['GET', '/.well-known/openid-configuration'],
  ['POST', '/register'],
  ['POST', '/token'],
  ['POST', '/revoke'],
  ['POST', '/mcp'],
  ['DELETE', '/mcp'],
] as const

const inspector = { origin: 'http://localhost:6274' }
const asked = [
  'authorization',
  'content-type',
  'mcp-protocol-version',
  'mcp-session-id',
  'mcp-method',
]

test.each(forBrowsers)(
  verifies(['A9'], 'a preflight for %s %s is allowed'),
  async (method, path) => {
    const response = await fetch(`${origin}${path}`, {
      method: 'OPTIONS',
      redirect: 'manual',
      headers: {
        ...inspector,
        'access-control-request-method': method,
        'access-control-request-headers': asked.join(', '),
      },
    })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-allow-methods')).toContain(method)
    const allowed = response.headers.get('access-control-allow-headers')?.toLowerCase().split(/, */)
    expect(allowed).toEqual(expect.arrayContaining(asked))
  },
)

test.each(forBrowsers)(
  verifies(['A9'], 'the answer to %s %s can be read'),
  async (method, path) => {
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: inspector,
      redirect: 'manual',
    })
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    const exposed = response.headers.get('access-control-expose-headers')?.toLowerCase()
    expect(exposed).toContain('www-authenticate')
    expect(exposed).toContain('mcp-session-id')
    expect(response.headers.get('access-control-allow-credentials')).toBeNull()
  },
)

test.each(['OPTIONS', 'GET', 'POST'])(
  verifies(['A9'], 'no page of another site may call /authorize by %s'),
  async (method) => {
    const headers = { ...inspector, 'access-control-request-method': 'GET' }
    const response = await fetch(`${origin}/authorize`, { method, headers, redirect: 'manual' })
    expect(response.status).toBeLessThan(500)
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    expect(response.headers.get('access-control-allow-methods')).toBeNull()
  },
)

const protocolEndpoints = [...forBrowsers.map(([, path]) => path), '/mcp/', '/token/', '/register/']

test.each([...new Set(protocolEndpoints)])(
  verifies(['A69'], '%s answers strangers itself, whatever the method'),
  async (path) => {
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const headers = { accept: 'text/html,application/xhtml+xml' }
      const response = await fetch(`${origin}${path}`, { method, headers, redirect: 'manual' })
      const { status } = response
      expect([method, status >= 300 && status < 400, status >= 500]).toEqual([method, false, false])
      expect(response.headers.get('location')).toBeNull()
      expect(response.headers.get('content-type') ?? 'application/json').toBe('application/json')
    }
  },
)
