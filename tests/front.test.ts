import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { endpointAt } from '@/lib/server/front'

const resourceMetadata = 'app/.well-known/oauth-protected-resource/[[...resource]]/route.ts'
const serverMetadata = 'app/.well-known/oauth-authorization-server/[[...issuer]]/route.ts'

/** What is answered in front of Next, and the route that answers it where nothing is in front. */
const inFront: readonly (readonly [path: string, route: string])[] = [
  ['/healthz', 'app/healthz/route.ts'],
  ['/readyz', 'app/readyz/route.ts'],
  ['/mcp', 'app/mcp/route.ts'],
  ['/token', 'app/(oauth)/token/route.ts'],
  ['/register', 'app/(oauth)/register/route.ts'],
  ['/metrics', 'app/metrics/route.ts'],
  ['/revoke', 'app/(oauth)/revoke/route.ts'],
  ['/introspect', 'app/(oauth)/introspect/route.ts'],
  ['/.well-known/jwks.json', 'app/.well-known/jwks.json/route.ts'],
  ['/.well-known/oauth-protected-resource', resourceMetadata],
  ['/.well-known/oauth-protected-resource/mcp', resourceMetadata],
  ['/.well-known/oauth-authorization-server', serverMetadata],
  ['/.well-known/oauth-authorization-server/mcp', serverMetadata],
]

const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']

describe('endpointAt', () => {
  it.each(inFront)('%s is answered in front of Next, with or without a slash', (path, route) => {
    for (const method of methods) {
      expect(endpointAt(method, path)).not.toBeNull()
      expect(endpointAt(method, `${path}/`)).not.toBeNull()
    }
    expect(existsSync(route)).toBe(true)
  })

  it.each([
    '/',
    '',
    '//mcp',
    '/mcp//',
    '/MCP',
    '/%6dcp',
    '/mcp/sse',
    '/authorize',
    '/consent/int_1/decision',
    '/.well-known/unknown',
    'http://localhost/mcp',
    '__proto__',
  ])('%j is left to Next', (path) => {
    for (const method of methods) expect(endpointAt(method, path)).toBeNull()
  })

  it.each(['TRACE', 'PROPFIND', 'get', ''])('the method %j is left to Next', (method) => {
    expect(endpointAt(method, '/mcp')).toBeNull()
  })
})
