import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { codeOf, FileProvider, listenForCallback, tell } from './person.js'

/** An app on SDK 1.x, as its example of a client with OAuth is written. */

const [address, name, calls = '1', pauseMs = '0'] = process.argv.slice(2)
const { redirectUrl, arrived, close } = await listenForCallback()
const authProvider = new FileProvider(name, redirectUrl)

async function connected() {
  const client = new Client({ name, version: '1.0.0' })
  const transport = new StreamableHTTPClientTransport(new URL(address), { authProvider })
  try {
    await client.connect(transport)
  } catch (error) {
    // `UnauthorizedError` has no name of its own in some versions
    if (error?.constructor?.name !== 'UnauthorizedError') throw error
    const { code } = await codeOf(arrived)
    await transport.finishAuth(code)
    return connected()
  }
  return client
}

const client = await connected()
const { tools } = await client.listTools()
for (let call = 0; call < Number(calls); call += 1) {
  const { isError } = await client.callTool({ name: 'whoami', arguments: {} })
  if (isError) throw new Error('the call failed')
}
// what comes back for the end of a call does so after a second
await new Promise((done) => setTimeout(done, Number(pauseMs)))
tell({ tools: tools.map((tool) => tool.name) })
await client.close()
close()
