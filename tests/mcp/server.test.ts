import { createHash } from 'node:crypto'
import { McpServer } from '@modelcontextprotocol/server'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { env } from '@/lib/config/env'
import type { McpCaller } from '@/lib/mcp/caller'
import { messageFacts } from '@/lib/mcp/message'
import { absorbQuirks } from '@/lib/mcp/quirks'
import { clientInfoKey, modernRevision, protocolRevisions, revisionKey } from '@/lib/mcp/revisions'
import { serveMcp } from '@/lib/mcp/serve'
import { toAuthInfo } from '@/lib/mcp/server'
import { lintTools } from '@/lib/mcp/tool-lint'
import { toListed, toolListHash, tools } from '@/lib/mcp/tool-list'
import { scopes as knownScopes } from '@/lib/oauth/scope'
import { toolNames } from '../support/mcp/tool-names'
import { verifies } from '../support/sources/verifies'

const caller: McpCaller = {
  tokenId: 'at_A',
  grantId: 'grant_A',
  clientId: 'client_A',
  userId: 'user_A',
  scopes: ['claudeai'],
  expiresAt: new Date('2026-10-01T12:00:00.900Z'),
  resourceMetadataUrl: 'http://localhost:3000/.well-known/oauth-protected-resource/mcp',
}

const usual = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
}
const meta = {
  _meta: {
    [revisionKey]: modernRevision,
    [clientInfoKey]: { name: 'test', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {},
  },
}
const rpc = (method: string, params?: object) => ({ jsonrpc: '2.0', id: 1, method, params })

/** Sends a message as the endpoint does, quirks absorbed. */
async function send(headers: Record<string, string>, body: object, scopes = ['claudeai']) {
  const absorbed = absorbQuirks(new Headers(headers), messageFacts(body))
  const request = new Request(env().mcpUrl, {
    method: 'POST',
    headers: absorbed.headers,
    body: JSON.stringify(body),
  })
  const served = await serveMcp({
    request,
    body,
    facts: messageFacts(body),
    caller: { ...caller, scopes },
    at: new Date(),
  })
  if ('full' in served) throw new Error('nothing is open')
  const { response } = served
  const text = await response.text()
  // a legacy answer is an event stream of one message
  const data = /^data: (.*)$/m.exec(text)?.[1] ?? text
  return { status: response.status, headers: response.headers, body: JSON.parse(data) }
}

type Message = (
  method: string,
  params?: { name?: string; arguments?: object },
) => [Record<string, string>, object]

/** A message in the form of each era. */
const eras: Record<'legacy' | 'modern', Message> = {
  legacy: (method, params = {}) => [
    { ...usual, 'mcp-protocol-version': '2025-11-25' },
    rpc(method, params),
  ],
  modern: (method, params = {}) => [
    {
      ...usual,
      'mcp-protocol-version': modernRevision,
      'mcp-method': method,
      ...(params.name ? { 'mcp-name': params.name } : {}),
    },
    rpc(method, { ...params, ...meta }),
  ],
}

beforeAll(() => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
})
afterAll(() => {
  vi.restoreAllMocks()
})

describe('tools', () => {
  test.each(Object.entries(eras))(
    verifies(['R11'], 'a %s client sees them in this order every time'),
    async (_, message) => {
      for (let round = 0; round < 2; round += 1) {
        const { status, body } = await send(...message('tools/list'))
        expect(status).toBe(200)
        expect(body.result.tools.map(({ name }: { name: string }) => name)).toEqual(toolNames)
      }
    },
  )

  test.each(Object.entries(eras))(
    verifies(['R11', 'R12'], 'what a %s client is told is what was linted, and Claude takes it'),
    async (_, message) => {
      const { body } = await send(...message('tools/list'))
      expect(body.result.tools).toEqual(tools.map(toListed))
      expect(lintTools(body.result.tools)).toEqual([])
    },
  )

  test('each says what it is for, and whether it changes anything', async () => {
    const { body } = await send(...eras.modern('tools/list'))
    for (const tool of body.result.tools) {
      expect(tool.title).toBe(tool.annotations.title)
      expect(tool.annotations.readOnlyHint).toBeTypeOf('boolean')
      expect(tool.description.length).toBeGreaterThan(20)
      expect(tool.outputSchema.type).toBe('object')
    }
  })

  test(verifies(['R5'], 'each needs a scope that this server grants'), () => {
    expect(tools.map(({ name }) => name)).toEqual(toolNames)
    const known = knownScopes.map(({ name }) => name)
    for (const { scope } of tools) expect(known).toContain(scope)
  })

  test('their hash is of what is listed', () => {
    const listed = JSON.stringify(tools.map(toListed))
    expect(toolListHash()).toBe(createHash('sha256').update(listed).digest('base64url'))
  })

  test(verifies(['R11'], 'a modern client may keep the list for a minute'), async () => {
    const { body } = await send(...eras.modern('tools/list'))
    expect(body.result).toMatchObject({ ttlMs: 60_000, cacheScope: 'private' })
  })
})

describe('a tool call', () => {
  const call = { name: 'server_status', arguments: {} }

  test.each(Object.entries(eras))('of a %s client is answered', async (_, message) => {
    const { status, body } = await send(...message('tools/call', call))
    expect(status).toBe(200)
    expect(body.result.structuredContent).toMatchObject({
      name: env().serverName,
      url: env().mcpUrl,
      protocol_revisions: protocolRevisions,
    })
    expect(JSON.parse(body.result.content[0].text)).toEqual(body.result.structuredContent)
  })

  test.each(
    Object.entries(eras).flatMap(([era, message]) =>
      tools.map(({ name, scope }) => [era, name, scope, message] as const),
    ),
  )(
    verifies(['R5'], 'of a %s client, to %s, without %s is 403 insufficient_scope'),
    async (_, name, needed, message) => {
      const granted = needed === 'claudeai' ? ['offline_access'] : ['claudeai', 'offline_access']
      const call = message('tools/call', { name, arguments: {} })
      const { status, headers } = await send(...call, granted)
      expect(status).toBe(403)
      const challenge = headers.get('www-authenticate')
      expect(challenge).toMatch(/^Bearer /)
      expect(challenge).toContain('error="insufficient_scope"')
      const scope = needed === 'claudeai' ? 'claudeai' : `claudeai ${needed}`
      expect(challenge).toContain(`scope="${scope}"`)
      expect(challenge).toContain(
        `resource_metadata="${env().origin}/.well-known/oauth-protected-resource/mcp"`,
      )
    },
  )

  test('of a tool that is not there fails and names no other', async () => {
    const { status, body } = await send(...eras.legacy('tools/call', { name: 'x', arguments: {} }))
    expect(status).toBe(200)
    expect(body.error ?? body.result.isError).toBeTruthy()
    expect(JSON.stringify(body)).not.toContain('whoami')
  })
})

describe('headers', () => {
  test.each(['*/*', 'application/json, */*'])(
    verifies(['R7'], 'Accept: %s is answered'),
    async (accept) => {
      expect(await send({ ...usual, accept }, rpc('tools/list'))).toMatchObject({ status: 200 })
    },
  )

  test(verifies(['R7'], 'a missing Accept is answered'), async () => {
    const headers = { 'content-type': 'application/json' }
    expect(await send(headers, rpc('tools/list'))).toMatchObject({ status: 200 })
  })

  test.each(['application/json', 'text/event-stream', 'text/html'])(
    verifies(['R7'], 'Accept: %s alone is 406'),
    async (accept) => {
      expect(await send({ ...usual, accept }, rpc('tools/list'))).toMatchObject({ status: 406 })
    },
  )

  test.each(['text/plain', 'application/x-www-form-urlencoded'])(
    verifies(['R7'], 'Content-Type: %s is 415'),
    async (type) => {
      const headers = { ...usual, 'content-type': type }
      expect(await send(headers, rpc('tools/list'))).toMatchObject({ status: 415 })
    },
  )

  test.each([
    ['twice the same revision', '2025-11-25, 2025-11-25', rpc('tools/list')],
    ['a legacy revision over a modern body', '2025-11-25', rpc('tools/list', meta)],
    [
      'a legacy revision over a modern tool call',
      '2025-11-25, 2025-11-25',
      rpc('tools/call', { name: 'server_status', arguments: {}, ...meta }),
    ],
  ])('%s is answered', async (_, revision, body) => {
    const headers = { ...usual, 'mcp-protocol-version': revision }
    expect(await send(headers, body)).toMatchObject({ status: 200 })
  })
})

test('the SDK is told who calls, and never the token', () => {
  expect(toAuthInfo(caller)).toEqual({
    token: '',
    clientId: 'client_A',
    scopes: ['claudeai'],
    expiresAt: 1_790_856_000,
    resource: new URL(env().mcpUrl),
    resourceMetadataUrl: `${env().origin}/.well-known/oauth-protected-resource/mcp`,
    extra: { caller },
  })
})

const everyTool = tools.map(({ name }) => name)
const callOf = (name: string, more = {}) => rpc('tools/call', { name, arguments: {}, ...more })

test.each([
  ['a call', callOf('server_status'), ['server_status']],
  ['a call of 2026-07-28', callOf('server_status', meta), ['server_status']],
  ['a call of an unknown tool', callOf('no_such_tool'), everyTool],
  ['a batch of calls', [callOf('server_status'), callOf('no_such_tool')], everyTool],
  ['tools/list', rpc('tools/list'), everyTool],
])('%s is answered by a server of the tools it needs', async (_, body, needed) => {
  const register = vi.spyOn(McpServer.prototype, 'registerTool')
  const isModern = JSON.stringify(body).includes(modernRevision)
  await send(isModern ? { ...usual, 'mcp-protocol-version': modernRevision } : usual, body)
  const registered = register.mock.calls.map(([name]) => name)
  register.mockRestore()
  expect(registered).toEqual(needed)
})

test('revisions are listed newest first', () => {
  expect(protocolRevisions).toEqual([...protocolRevisions].sort().toReversed())
})
