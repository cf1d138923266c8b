import { MultiServerMCPClient } from '@langchain/mcp-adapters'
import { auth } from '@modelcontextprotocol/sdk/client/auth.js'
import { codeOf, FileProvider, listenForCallback, tell } from './person.js'

/** An app on LangChain, with an `authProvider` as its README shows it. */

const [address, name] = process.argv.slice(2)
const { redirectUrl, arrived, close } = await listenForCallback()
const authProvider = new FileProvider(name, redirectUrl)
const newClient = () =>
  new MultiServerMCPClient({
    mcpServers: { portico: { transport: 'http', url: address, authProvider } },
  })

async function tools(client) {
  try {
    return await client.getTools()
  } catch {
    // it leaves the second half of OAuth to its app
    const { code, iss } = await codeOf(arrived)
    await auth(authProvider, { serverUrl: address, authorizationCode: code, iss })
    return tools(newClient())
  }
}

const found = await tools(newClient())
await found.find((tool) => tool.name === 'whoami').invoke({})
tell({ tools: found.map((tool) => tool.name) })
close()
process.exit(0)
