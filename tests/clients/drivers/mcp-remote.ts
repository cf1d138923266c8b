import path from 'node:path'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import type { Driver, Reached, World } from '../driver'

const program = (modules: string) => path.join(modules, 'mcp-remote/dist/proxy.js')

/** Uses it as desktop apps do: a program on stdio that speaks for a server elsewhere. */
async function listThrough({ home, mcpUrl, modules, person }: World): Promise<Reached> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [program(modules), mcpUrl],
    env: home.env,
    cwd: home.folder,
    stderr: 'pipe',
  })
  let printed = ''
  transport.stderr?.on('data', (text) => {
    printed += text
  })
  let isRunning = true
  let problem: unknown = null
  transport.onclose = () => {
    isRunning = false
  }
  const client = new Client({ name: 'some-desktop-app', version: '1.0.0' })
  const connected = client.connect(transport, { timeout: 60_000 }).finally(() => {
    isRunning = false
  })
  try {
    home
      .untilOpened(() => isRunning)
      .then((url) => person.visit(url))
      // which is no problem where it is signed in already: no browser is opened
      .catch((error) => {
        problem = error
      })
    await connected
    const { tools } = await client.listTools()
    await client.callTool({ name: 'whoami', arguments: {} })
    return { kind: 'connected', tools: tools.map(({ name }) => name) }
  } catch (error) {
    if (person.decision === 'deny') return { kind: 'denied', said: printed }
    throw new Error(`mcp-remote: ${error}, ${problem}\n${printed}`)
  } finally {
    await client.close()
  }
}

export const mcpRemote: Driver = {
  id: 'mcp-remote',
  surface: 'mcp-remote',
  connect: listThrough,
  again: listThrough,
}
