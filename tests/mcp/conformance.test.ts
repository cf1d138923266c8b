import { createMcpHandler, McpServer } from '@modelcontextprotocol/server'
import { expect, test } from 'vitest'
import { registerConformance } from '../conformance/fixture/register'
import { statelessHeaders, statelessRpc } from '../support/mcp/mcp-message'

const handler = createMcpHandler(() => {
  const server = new McpServer({ name: 'fixture', version: '1' })
  registerConformance(server, { bus: { publish: () => {} }, sealState: async () => '' })
  return server
})

async function ask(method: string, params: { name?: string; uri?: string } = {}) {
  const request = new Request('http://localhost/mcp', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...statelessHeaders(method, params.name ?? params.uri),
    },
    body: JSON.stringify(statelessRpc(method, params)),
  })
  const authInfo = { token: '', clientId: 'client_A', scopes: ['offline_access'] }
  const response = await handler.fetch(request, { authInfo })
  return { response, result: (await response.json()).result }
}

test('all of the conformance fixture needs the scope of a tool', async () => {
  const { tools } = (await ask('tools/list')).result
  const { prompts } = (await ask('prompts/list')).result
  const { resources } = (await ask('resources/list')).result
  const requests = [
    ...tools.map(({ name }: { name: string }) => ['tools/call', { name }]),
    ...prompts.map(({ name }: { name: string }) => ['prompts/get', { name }]),
    ...resources.map(({ uri }: { uri: string }) => ['resources/read', { uri }]),
    ['resources/read', { uri: 'test://template/1/data' }],
  ]
  expect(requests.length).toBeGreaterThan(30)
  for (const [method, params] of requests) {
    const { response } = await ask(method, params)
    expect([response.status, params]).toEqual([403, params])
    expect(response.headers.get('www-authenticate')).toContain('scope="claudeai"')
  }
})
