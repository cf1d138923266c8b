import { once } from 'node:events'
import { request } from 'node:http'
import { describe, expect, test } from 'vitest'
import {
  initialize,
  mcpHeaders,
  postMcp,
  rpc,
  statelessHeaders,
  statelessRpc,
  toolCall,
} from '../support/mcp/mcp-message'
import { toolNames } from '../support/mcp/tool-names'
import { connect, refresh, tokensOf } from '../support/oauth/oauth-tokens'
import { sharedOrigin } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

const origin = sharedOrigin()
const mcpUrl = `${origin}/mcp`
const { tokens } = await connect(origin)
const token = tokens.access_token

/** Posts with a Host of one's own, which `fetch` does not let be set. */
async function statusWithHost(host: string): Promise<number> {
  const headers = Object.fromEntries(mcpHeaders(token, { host }))
  const sending = request(mcpUrl, { method: 'POST', headers })
  sending.end(JSON.stringify(toolCall('whoami')))
  const [response] = await once(sending, 'response')
  response.resume()
  return response.statusCode
}

describe('Origin and Host', () => {
  test.each([
    'https://evil.example',
    'https://claude.ai.evil.example',
    'http://claude.ai',
    'https://claude.ai:8443',
    'null',
    'not an origin',
    'http://localhost.evil.example',
  ])(verifies(['R6'], 'the origin %s is 403, with or without a token'), async (from) => {
    for (const bearer of [token, null]) {
      const answer = await postMcp(mcpUrl, bearer, toolCall('whoami'), { origin: from })
      expect(answer.status).toBe(403)
      expect(answer.headers.get('www-authenticate')).toBeNull()
    }
  })

  test.each(['https://claude.ai', 'https://claude.com', 'http://localhost:6274', origin])(
    verifies(['R6'], 'the origin %s is served'),
    async (from) => {
      expect((await postMcp(mcpUrl, token, toolCall('whoami'), { origin: from })).status).toBe(200)
    },
  )

  test(verifies(['R6'], 'a name that was rebound to this machine is 403'), async () => {
    expect(await statusWithHost('evil.example')).toBe(403)
    expect(await statusWithHost(`evil.example:${new URL(origin).port}`)).toBe(403)
    for (const own of ['localhost', '127.0.0.1', '[::1]']) {
      expect([own, await statusWithHost(`${own}:${new URL(origin).port}`)]).toEqual([own, 200])
    }
  })
})

describe('content type and Accept', () => {
  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', ''])(
    verifies(['R7'], 'a body of type "%s" is 415'),
    async (type) => {
      const answer = await postMcp(mcpUrl, token, toolCall('whoami'), { 'content-type': type })
      expect(answer.status).toBe(415)
    },
  )

  test.each(['application/json; charset=utf-8', 'Application/JSON'])(
    verifies(['R7'], 'a body of type "%s" is read'),
    async (type) => {
      const answer = await postMcp(mcpUrl, token, toolCall('whoami'), { 'content-type': type })
      expect(answer.status).toBe(200)
    },
  )

  test.each(['*/*', '*/*;q=0.8', 'application/json, */*', ''])(
    verifies(['R7'], 'Accept "%s" is taken as both types'),
    async (accept) => {
      const answer = await postMcp(mcpUrl, token, initialize('2025-11-25'), { accept })
      expect(answer.status).toBe(200)
      expect(answer.rpc.result).toHaveProperty('serverInfo')
    },
  )

  test.each(['text/html', 'application/json', 'text/event-stream'])(
    verifies(['R7'], 'Accept "%s" is 406'),
    async (accept) => {
      const answer = await postMcp(mcpUrl, token, initialize('2025-11-25'), { accept })
      expect(answer.status).toBe(406)
    },
  )
})

describe('tools', () => {
  const lists = async () => [
    (await postMcp(mcpUrl, token, rpc('tools/list'))).rpc.result,
    (await postMcp(mcpUrl, token, statelessRpc('tools/list'), statelessHeaders('tools/list'))).rpc
      .result,
  ]

  test(verifies(['R11'], 'are listed in one order, in both eras'), async () => {
    for (let round = 0; round < 3; round += 1) {
      for (const result of await lists()) {
        const { tools } = result as { tools: { name: string }[] }
        const names = tools.map(({ name }) => name)
        expect(names).toEqual(toolNames)
      }
    }
  })

  test(verifies(['R11'], 'have names and schemas that Claude takes'), async () => {
    const [result] = await lists()
    const { tools } = result as { tools: { name: string; inputSchema: Record<string, unknown> }[] }
    for (const { name, inputSchema } of tools) {
      expect(name).toMatch(/^[a-zA-Z0-9_-]{1,48}$/)
      expect(inputSchema.type).toBe('object')
      expect(Object.keys(inputSchema)).not.toEqual(expect.arrayContaining(['anyOf']))
      for (const union of ['anyOf', 'oneOf', 'allOf']) expect(inputSchema).not.toHaveProperty(union)
      expect(JSON.stringify(inputSchema).length).toBeLessThan(16_384)
    }
  })

  test('say what they are for in text and as data', async () => {
    const answer = await postMcp(mcpUrl, token, toolCall('whoami'))
    const { content, structuredContent } = answer.rpc.result as {
      content: { text: string }[]
      structuredContent: { person: string }
    }
    expect(JSON.parse(String(content[0]?.text))).toEqual(structuredContent)
    expect(structuredContent.person).toBe('admin@portico.test')
  })

  test.each([
    ['connection_history', { limit: 5 }, 'events'],
    ['server_status', {}, 'protocol_revisions'],
  ])('%s answers', async (name, args, member) => {
    const { rpc: answer } = await postMcp(mcpUrl, token, toolCall(name, args))
    expect(answer.result?.structuredContent).toHaveProperty(member)
  })

  test('arguments that do not fit are the tool’s error, and a tool that is not there is told', async () => {
    const odd = await postMcp(mcpUrl, token, toolCall('connection_history', { limit: 'many' }))
    expect(odd.status).toBe(200)
    expect(odd.rpc.result?.isError ?? odd.rpc.error?.code === -32602).toBe(true)
    const missing = await postMcp(mcpUrl, token, toolCall('no_such_tool'))
    expect(missing.rpc.error?.code ?? missing.rpc.result?.isError).toBeTruthy()
  })
})

test(
  verifies(['R5', 'A40'], 'a tool call without its scope is 403 insufficient_scope'),
  async () => {
    const connection = await connect(origin, { fields: { scope: 'claudeai offline_access' } })
    const fields = { scope: 'offline_access' }
    const narrow = tokensOf(
      await refresh(origin, connection, connection.tokens.refresh_token, fields),
    )
    expect(narrow.scope).toBe('offline_access')
    const calls = [
      await postMcp(mcpUrl, narrow.access_token, toolCall('whoami')),
      await postMcp(
        mcpUrl,
        narrow.access_token,
        statelessRpc('tools/call', { name: 'whoami', arguments: {} }),
        statelessHeaders('tools/call', 'whoami'),
      ),
    ]
    for (const { status, headers, text } of calls) {
      const challenge = headers.get('www-authenticate') ?? ''
      expect(status).toBe(403)
      expect(challenge).toMatch(/^Bearer /)
      expect(challenge).toContain('error="insufficient_scope"')
      expect(challenge).toContain('scope="claudeai"')
      const pointer = `resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp"`
      expect(challenge).toContain(pointer)
      expect(text).not.toContain('admin@portico.test')
    }
  },
)
