import { createServer } from 'node:http'
import { toNodeHandler } from '@modelcontextprotocol/node'
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server'
import { z } from 'zod'
import { bearerOf, port, verifyToken } from './shared.js'

/** The SDK's own handler on node:http, with the bearer check of jose. */

const inputSchema = z.object({ text: z.string() })
const handle = toNodeHandler(
  createMcpHandler(() => {
    const server = new McpServer({ name: 'bench', version: '1.0.0' })
    server.registerTool('echo', { description: 'echo', inputSchema }, async ({ text }) => ({
      content: [{ type: 'text', text }],
    }))
    return server
  }),
)

createServer(async (request, response) => {
  if (request.url === '/healthz') return response.writeHead(200).end()
  const auth = await verifyToken(bearerOf(request.headers.authorization))
  if (!auth) return response.writeHead(401, { 'www-authenticate': 'Bearer' }).end()
  request.auth = auth
  await handle(request, response)
}).listen(port, '127.0.0.1')
