import {
  Client,
  StreamableHTTPClientTransport,
  UnauthorizedError,
} from '@modelcontextprotocol/client'
import { codeOf, FileProvider, listenForCallback, tell } from './person.js'

/** An app on SDK 2.x, as its guide to OAuth is written. */

const [address, name] = process.argv.slice(2)
const { redirectUrl, arrived, close } = await listenForCallback()
const authProvider = new FileProvider(name, redirectUrl)

async function connected() {
  const client = new Client({ name, version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } })
  const transport = new StreamableHTTPClientTransport(new URL(address), { authProvider })
  try {
    await client.connect(transport)
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) throw error
    const { code, iss } = await codeOf(arrived)
    await transport.finishAuth(code, iss)
    return connected()
  }
  return client
}

const client = await connected()
const { tools } = await client.listTools()
await client.callTool({ name: 'whoami', arguments: {} })
tell({ tools: tools.map((tool) => tool.name) })
await client.close()
close()
