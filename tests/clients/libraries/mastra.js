import { MCPClient, MCPOAuthClientProvider } from '@mastra/mcp'
import { FileStorage, openBrowser, tell } from './person.js'

/**
 * An app on Mastra, as its guide is written. It never registers: somebody made a client for it in the
 * dashboard. It is told to sign in twice, and opens the browser when its person asks it to.
 */

const [address, name, clientId, redirectUrl] = process.argv.slice(2)
let isAsked = false
const authProvider = new MCPOAuthClientProvider({
  redirectUrl,
  clientInformation: { client_id: clientId },
  clientMetadata: { client_name: name, redirect_uris: [redirectUrl] },
  storage: new FileStorage(),
  onRedirectToAuthorization: (url) => {
    if (isAsked) openBrowser(url)
  },
})
const client = new MCPClient({ servers: { portico: { url: new URL(address), authProvider } } })

let tools = await client.listTools().catch(() => ({}))
if (client.getServerAuthState('portico') === 'needs-auth') {
  isAsked = true
  try {
    await client.authenticate('portico')
  } catch (error) {
    tell({ denied: String(error) })
    process.exit(0)
  }
  tools = await client.listTools()
}
tell({ tools: Object.keys(tools).map((tool) => tool.replace('portico_', '')) })
await client.disconnect()
