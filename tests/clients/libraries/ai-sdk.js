import { auth, createMCPClient } from '@ai-sdk/mcp'
import { codeOf, FileProvider, listenForCallback, tell } from './person.js'

/** An app on the AI SDK, as its example `mcp-with-auth` is written. */

const [address, name] = process.argv.slice(2)
const { redirectUrl, arrived, close } = await listenForCallback()
const authProvider = new FileProvider(name, redirectUrl)

if ((await auth(authProvider, { serverUrl: address })) !== 'AUTHORIZED') {
  const { code, iss, state } = await codeOf(arrived)
  await auth(authProvider, {
    serverUrl: address,
    authorizationCode: code,
    callbackState: state,
    callbackIssuer: iss,
  })
}
const client = await createMCPClient({
  clientName: name,
  transport: { type: 'http', url: address, authProvider },
})
const tools = await client.tools()
await tools.whoami.execute({}, { toolCallId: '1', messages: [] })
tell({ tools: Object.keys(tools) })
await client.close()
close()
