import * as v2 from '@modelcontextprotocol/client'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { describe, expect, test } from 'vitest'
import { postMcp, toolCall } from '../support/mcp/mcp-message'
import { toolNames } from '../support/mcp/tool-names'
import { MemoryProvider } from '../support/oauth/oauth-provider'
import { sendRaw } from '../support/oauth/oauth-raw'
import { connect } from '../support/oauth/oauth-tokens'
import { operatorOf } from '../support/people/operator'
import { approve } from '../support/people/operator-consent'
import { untilLogged } from '../support/people/operator-log'
import { sharedOrigin } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

const origin = sharedOrigin()
const { port } = new URL(origin)
const twin = `http://127.0.0.1:${port}`
const path = '/.well-known/oauth-protected-resource/mcp'
const info = { name: 'sdk-test', version: '1.0.0' }

/** What the server says to a request with this Host, whatever it was really sent to. */
const withHost = async (target: string, host: string, headers: readonly string[] = []) => {
  const all = [`host: ${host}`, 'connection: close', 'user-agent: hosts', ...headers]
  const { text } = await sendRaw(origin, `GET ${target} HTTP/1.1\r\n${all.join('\r\n')}\r\n\r\n`)
  return text
}

const callbackOf = async (provider: MemoryProvider): Promise<string> => {
  const url = provider.authorizationUrl
  if (!url) throw new Error('the SDK asked for no authorization')
  return (await approve(await operatorOf(origin), url)).searchParams.get('code') ?? ''
}

describe.each([origin, twin])('a client that was given %s/mcp', (name) => {
  const url = new URL(`${name}/mcp`)

  test(verifies(['A7', 'R1', 'R2'], 'connects: SDK 1.x'), async () => {
    const provider = new MemoryProvider('SDK 1.x')
    const first = new StreamableHTTPClientTransport(url, { authProvider: provider })
    await expect(new Client(info).connect(first)).rejects.toThrow('Unauthorized')
    expect(provider.authorizationUrl?.origin).toBe(origin)
    expect(provider.authorizationUrl?.searchParams.get('resource')).toBe(url.href)
    await first.finishAuth(await callbackOf(provider))
    const client = new Client(info)
    await client.connect(new StreamableHTTPClientTransport(url, { authProvider: provider }))
    expect((await client.listTools()).tools.map((tool) => tool.name)).toEqual(toolNames)
    await client.close()
  })

  test(verifies(['A7', 'R1', 'R2'], 'connects: SDK 2.x'), async () => {
    const provider = new MemoryProvider('SDK 2.x')
    const first = new v2.StreamableHTTPClientTransport(url, { authProvider: provider })
    await expect(new v2.Client(info).connect(first)).rejects.toThrow(v2.UnauthorizedError)
    const state = provider.authorizationUrl
    if (!state) throw new Error('the SDK asked for no authorization')
    const callback = await approve(await operatorOf(origin), state)
    await first.finishAuth(callback.searchParams)
    const client = new v2.Client(info)
    await client.connect(new v2.StreamableHTTPClientTransport(url, { authProvider: provider }))
    expect((await client.listTools()).tools.map((tool) => tool.name)).toEqual(toolNames)
    await client.close()
  })

  test(verifies(['R1', 'A7'], 'is told of that name, and of one issuer'), async () => {
    const challenged = await fetch(url, { method: 'POST' })
    expect(challenged.headers.get('www-authenticate')).toContain(
      `resource_metadata="${name}${path}"`,
    )
    const document = await fetch(`${name}${path}`)
    // a cache that many share must not keep it for who asks by the present name
    const isPresent = name === origin
    expect(document.headers.get('cache-control')).toBe(
      isPresent ? 'public, max-age=60' : 'no-store',
    )
    expect(await document.json()).toMatchObject({
      resource: url.href,
      authorization_servers: [origin],
    })
    const server = await fetch(`${name}/.well-known/oauth-authorization-server`)
    expect(await server.json()).toMatchObject({ issuer: origin })
  })
})

test('a token of one name is good at the other, and a challenge for more names what was asked', async () => {
  const { tokens } = await connect(origin)
  const whoami = await postMcp(`${twin}/mcp`, tokens.access_token, toolCall('whoami'))
  expect(whoami.status).toBe(200)
  const more = await postMcp(`${twin}/mcp`, tokens.access_token, toolCall('list_connections'))
  expect(more.headers.get('www-authenticate') ?? '').toContain(`resource_metadata="${twin}${path}"`)
})

describe('a Host is no name of this server', () => {
  test.each([
    'evil.example',
    `evil.example:${port}`,
    '127.0.0.1:1',
    `127.0.0.2:${port}`,
    `localhost.evil.example:${port}`,
    'not a host',
  ])('%s', async (host) => {
    const text = await withHost(path, host)
    expect(text).toContain(`"resource":"${origin}/mcp"`)
    expect(text).not.toContain('evil.example')
  })

  test('the log has it, for the finding that tells of both names', async () => {
    await withHost(path, 'localhost:1', ['x-forwarded-for: 203.0.113.77'])
    const operator = await operatorOf(origin)
    const rows = await untilLogged(operator, { event: 'resource-metadata.served' }, (all) =>
      all.some(({ detail }) => detail.askedAt === 'http://localhost:1'),
    )
    expect(rows.length).toBeGreaterThan(0)
  })
})

describe('a page by another name', () => {
  const html = 'accept: text/html,application/xhtml+xml'

  test('leads to the one that sessions belong to', async () => {
    const text = await withHost('/sign-in?next=%2Fconnections', `127.0.0.1:${port}`, [html])
    expect(text).toMatch(/^HTTP\/1\.1 303 /)
    expect(text).toContain(`location: ${origin}/sign-in?next=%2Fconnections\r\n`)
  })

  test.each([
    ['by the present name', `localhost:${port}`],
    ['by a name that is none', 'evil.example'],
  ])('%s it is answered', async (_title, host) => {
    expect(await withHost('/sign-in', host, [html])).toMatch(/^HTTP\/1\.1 200 /)
  })

  test('a program is answered where it asks', async () => {
    expect(await withHost('/healthz', `127.0.0.1:${port}`)).toMatch(/^HTTP\/1\.1 200 /)
    expect(await withHost('/sign-in', `127.0.0.1:${port}`)).toMatch(/^HTTP\/1\.1 200 /)
  })
})
