import { auth } from '@modelcontextprotocol/sdk/client/auth.js'
import { NodeOAuthClientProvider } from 'mcp-use/auth/node'
import { MCPClient } from 'mcp-use/client'
import { tell } from './person.js'

/** An app on mcp-use, whose own provider keeps the tokens, listens, and opens the browser. */

const [address, name] = process.argv.slice(2)
const authProvider = await NodeOAuthClientProvider.create(address, { clientName: name })
const open = () =>
  new MCPClient({
    mcpServers: { portico: { url: address, authProvider } },
  }).createSession('portico')

async function session() {
  try {
    return await open()
  } catch (error) {
    if (!authProvider.hasPendingFlow) throw error
    const authorizationCode = await authProvider.getAuthorizationCode()
    await auth(authProvider, { serverUrl: address, authorizationCode })
    return open()
  }
}

try {
  const { connector } = await session()
  const tools = await connector.listTools()
  await connector.callTool('whoami', {})
  tell({ tools: tools.map((tool) => tool.name) })
} catch (error) {
  if (error.code !== 'access_denied') throw error
  tell({ denied: error.message })
}
process.exit(0)
