import { beforeAll, describe, expect, test, vi } from 'vitest'
import { authorizationUrl, newPkce, register } from '../../support/oauth/oauth'
import { sendRaw } from '../../support/oauth/oauth-raw'
import { sharedOrigin, startPortico } from '../../support/server/portico'
import type { Portico } from '../../support/server/portico-process'
import { verifies } from '../../support/sources/verifies'

vi.setConfig({ hookTimeout: 240_000 })

const publicOrigin = 'https://portico.example'
const evil = 'evil.example'
const here = sharedOrigin()
let portico: Portico
let authorize: string

beforeAll(async () => {
  portico = await startPortico({ env: { PORTICO_URL: publicOrigin } })
  const client = await register(portico.origin)
  const url = authorizationUrl(publicOrigin, client, newPkce().challenge)
  authorize = `${url.pathname}${url.search}`
})

/** Everything a request can say about the host it thinks it is for. */
const lies: [string, string[]][] = [
  ['Host', [`host: ${evil}`]],
  ['Host with a port', [`host: ${evil}:443`]],
  ['X-Forwarded-Host', ['host: localhost', `x-forwarded-host: ${evil}`]],
  ['Forwarded', ['host: localhost', `forwarded: host=${evil};proto=https`]],
  [
    'all others',
    [
      'host: localhost',
      `x-forwarded-server: ${evil}`,
      `x-host: ${evil}`,
      `x-original-host: ${evil}`,
      `x-original-url: https://${evil}/`,
      `x-rewrite-url: https://${evil}/`,
      `x-forwarded-proto: ${evil}`,
      `x-forwarded-port: 8443`,
      `x-forwarded-prefix: //${evil}`,
      `origin: https://${evil}`,
      `referer: https://${evil}/`,
    ],
  ],
]

const send = (origin: string, line: string, headers: readonly string[]) =>
  sendRaw(origin, `${line} HTTP/1.1\r\n${headers.join('\r\n')}\r\nconnection: close\r\n\r\n`)

const paths = [
  '/.well-known/oauth-authorization-server',
  '/.well-known/oauth-authorization-server/mcp',
  '/.well-known/oauth-protected-resource',
  '/.well-known/oauth-protected-resource/mcp',
  '/.well-known/openid-configuration',
  '/.well-known/jwks.json',
  '/',
  '/sign-in',
  '/setup',
  '/admin',
  '/consent/int_unknown',
  '/mcp',
  '/token',
  '/unknown',
  '/api/auth/signin',
  '/api/auth/signout',
  '/api/auth/providers',
  '/api/auth/error',
]

describe.each(lies)('a request that lies by %s', (_title, headers) => {
  test.each(paths)(verifies(['A2'], 'finds its host nowhere in the answer of %s'), async (path) => {
    for (const origin of [here, portico.origin]) {
      const { status, text } = await send(origin, `GET ${path}`, headers)
      expect([path, status >= 200 && status < 500]).toEqual([path, true])
      expect(text).not.toContain(evil)
    }
  })

  test(verifies(['A2', 'A20'], 'is led to sign in here, and challenged from here'), async () => {
    const { status, text } = await send(portico.origin, `GET ${authorize}`, headers)
    expect(status).toBe(303)
    expect(text).toMatch(/^location: (https:\/\/portico\.example)?\/sign-in\?next=/im)
    expect(text).not.toContain(evil)
  })

  test(verifies(['A2', 'D1'], 'is told the origin of the settings'), async () => {
    const server = await send(portico.origin, `GET ${paths[0]}`, headers)
    expect(server.text).toContain(`"issuer":"${publicOrigin}"`)
    expect(server.text).not.toContain('localhost')
    const resource = await send(portico.origin, `GET ${paths[3]}`, headers)
    expect(resource.text).toContain(`"resource":"${publicOrigin}/mcp"`)
  })
})

test(verifies(['R2'], 'the challenge points to the origin of the settings'), async () => {
  const { status, text } = await send(portico.origin, 'POST /mcp', ['host: evil.example'])
  expect(status).toBe(401)
  expect(text).toContain(`resource_metadata="${publicOrigin}/.well-known/`)
})

test(verifies(['R6'], 'a server on loopback does not serve tools under another name'), async () => {
  expect((await send(here, 'POST /mcp', ['host: evil.example'])).status).toBe(403)
})
