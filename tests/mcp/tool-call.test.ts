import {
  createMcpHandler,
  InMemoryTransport,
  type JSONRPCMessage,
  McpServer,
} from '@modelcontextprotocol/server'
import { describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { env } from '@/lib/config/env'
import { registerTool, toAuthInfo } from '@/lib/mcp/server'
import { defineTool, type Tool, type ToolContext } from '@/lib/mcp/tool'
import { mcpHeaders, statelessHeaders, statelessRpc, toolCall } from '../support/mcp/mcp-message'
import { verifies } from '../support/sources/verifies'

const caller = {
  tokenId: 'at_A',
  grantId: 'grant_A',
  clientId: 'client_A',
  userId: 'user_A',
  scopes: ['claudeai'],
  expiresAt: new Date('2100-01-01T00:00:00Z'),
  resourceMetadataUrl: 'http://localhost:3000/.well-known/oauth-protected-resource/mcp',
}
const authInfo = toAuthInfo(caller)

const work = (run: (context: ToolContext) => Promise<{ done: boolean }>): Tool =>
  defineTool({
    name: 'work',
    title: 'Work',
    description: 'Does what it is told.',
    scope: 'claudeai',
    annotations: { readOnlyHint: true },
    input: z.object({}),
    output: z.object({ done: z.boolean() }),
    run: (_, context) => run(context),
  })

type Era = (progressToken?: string) => { headers: Headers; body: object }

/** A call of the tool in the form of each era. */
const eras: Record<'legacy' | 'modern', Era> = {
  legacy: (progressToken) => {
    const { params, ...call } = toolCall('work')
    const asked = progressToken ? { ...params, _meta: { progressToken } } : params
    const headers = mcpHeaders(null, { 'mcp-protocol-version': '2025-11-25' })
    return { headers, body: { ...call, params: asked } }
  },
  modern: (progressToken) => {
    const { params, ...call } = statelessRpc('tools/call')
    const { _meta } = params as { _meta?: object }
    const meta = progressToken ? { ..._meta, progressToken } : _meta
    const headers = mcpHeaders(null, statelessHeaders('tools/call', 'work'))
    return { headers, body: { ...call, params: { name: 'work', arguments: {}, _meta: meta } } }
  },
}

function serverWith(tool: Tool): McpServer {
  const server = new McpServer({ name: 'test', version: '1' }, { capabilities: { tools: {} } })
  registerTool(server, tool)
  return server
}

/** Calls the tool as a client of an era would; aborting `signal` is the client going away. */
function call(tool: Tool, { headers, body }: ReturnType<Era>, signal?: AbortSignal) {
  const handler = createMcpHandler(() => serverWith(tool), { legacy: 'stateless' })
  const init = { method: 'POST', headers, body: JSON.stringify(body), ...(signal && { signal }) }
  return handler.fetch(new Request(env().mcpUrl, init), { authInfo, parsedBody: body })
}

type Message = { method?: string; params?: object; result?: { structuredContent?: object } }

/** The messages of an answer, in whichever form it came. */
async function messagesOf(response: Response): Promise<Message[]> {
  const text = await response.text()
  if (!text.includes('data:')) return [JSON.parse(text)]
  return [...text.matchAll(/^data: ?(.+)$/gm)].map(([, data]) => JSON.parse(data ?? ''))
}

describe.each(Object.entries(eras))('a %s client', (_, message) => {
  const counting = work(async ({ progress }) => {
    progress({ progress: 1, total: 2, message: 'half' })
    progress({ progress: 2, total: 2 })
    return { done: true }
  })

  test('that asked for progress is told of it before the result', async () => {
    const messages = await messagesOf(await call(counting, message('p1')))
    expect(messages).toMatchObject([
      {
        method: 'notifications/progress',
        params: { progressToken: 'p1', progress: 1, total: 2, message: 'half' },
      },
      {
        method: 'notifications/progress',
        params: { progressToken: 'p1', progress: 2, total: 2 },
      },
      { result: { structuredContent: { done: true } } },
    ])
  })

  test('that did not is told the result alone', async () => {
    const messages = await messagesOf(await call(counting, message()))
    expect(messages).toMatchObject([{ result: { structuredContent: { done: true } } }])
  })
})

/** A tool that waits to be stopped, and the signals it was given. */
function waitingTool(): { tool: Tool; seen: AbortSignal[] } {
  const seen: AbortSignal[] = []
  const tool = work(({ signal }) => {
    seen.push(signal)
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  })
  return { tool, seen }
}

test(verifies(['R14'], 'a modern client that goes away stops the tool'), async () => {
  const { tool, seen } = waitingTool()
  const leaving = new AbortController()
  const answer = call(tool, eras.modern(), leaving.signal)
  await vi.waitFor(() => expect(seen).toHaveLength(1))
  leaving.abort()
  await answer.catch(() => undefined)
  await vi.waitFor(() => expect(seen[0]?.aborted).toBe(true))
})

/** A client of sessions: what it sends reaches one server, whose answers are kept. */
async function connectTo(tool: Tool, scopes: string[]) {
  const [client, end] = InMemoryTransport.createLinkedPair()
  const answers: unknown[] = []
  client.onmessage = (message) => void answers.push(message)
  await serverWith(tool).connect(end)
  await client.start()
  const options = { authInfo: toAuthInfo({ ...caller, scopes }) }
  return { answers, send: (message: object) => client.send(message as JSONRPCMessage, options) }
}

test('a client that sends notifications/cancelled stops the tool', async () => {
  const { tool, seen } = waitingTool()
  const { send } = await connectTo(tool, ['claudeai'])
  const { id, ...call } = toolCall('work')
  await send({ ...call, id })
  await vi.waitFor(() => expect(seen).toHaveLength(1))
  await send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id } })
  await vi.waitFor(() => expect(seen[0]?.aborted).toBe(true))
})

test(
  verifies(['R5'], 'a call that was not challenged for its scope does not run the tool'),
  async () => {
    const { tool, seen } = waitingTool()
    const { send, answers } = await connectTo(tool, ['offline_access'])
    await send(toolCall('work'))
    await vi.waitFor(() => expect(answers).toMatchObject([{ result: { isError: true } }]))
    expect(seen).toEqual([])
  },
)
