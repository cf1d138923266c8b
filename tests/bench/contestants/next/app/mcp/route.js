import { createMcpHandler, withMcpAuth } from 'mcp-handler'
import { z } from 'zod'
import { scope, verifyToken } from '../../../shared.js'

/** mcp-handler in Next, with its own `withMcpAuth` and jose. */

export const dynamic = 'force-dynamic'

const inputSchema = z.object({ text: z.string() })
const handler = createMcpHandler(
  (server) => {
    server.registerTool('echo', { description: 'echo', inputSchema }, async ({ text }) => ({
      content: [{ type: 'text', text }],
    }))
  },
  { serverInfo: { name: 'bench', version: '1.0.0' } },
)
const serve = withMcpAuth(handler, (_request, token) => verifyToken(token), {
  required: true,
  requiredScopes: [scope],
})

export { serve as GET, serve as POST }
