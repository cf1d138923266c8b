import path from 'node:path'
import { run, runWithBrowser } from '../command'
import type { Driver, Reached, World } from '../driver'

const settings = {
  // it opens a browser for whoever sits at a terminal only, unless it is told to
  MCP_AUTO_OPEN_ENABLED: 'true',
  MCP_INSPECTOR_SECRET_STORE: 'file',
}

function command({ modules, mcpUrl }: World, ...method: readonly string[]): string[] {
  const program = path.join(
    modules,
    '@modelcontextprotocol/inspector/clients/launcher/build/index.js',
  )
  const options = ['--transport', 'http', '--format', 'json', '--method', ...method]
  return [program, '--cli', mcpUrl, ...options]
}

const toolsIn = (output: string): string[] =>
  [...output.matchAll(/"name":\s*"(\w+)",\s*"title"/g)].map(([, name]) => String(name))

async function list(world: World): Promise<Reached> {
  const args = command(world, 'tools/list')
  const { code, output } = await runWithBrowser(world, process.execPath, args, settings)
  if (code === 0) return { kind: 'connected', tools: toolsIn(output) }
  if (world.person.decision === 'deny') return { kind: 'denied', said: output }
  throw new Error(`the Inspector ended with ${code}:\n${output}`)
}

async function call(world: World): Promise<Reached> {
  const args = command(world, 'tools/call', '--tool-name', 'whoami')
  const output = await run(world.home, process.execPath, args, settings)
  if (!output.includes('admin@portico.test')) throw new Error(`whoami said ${output}`)
  return { kind: 'connected', tools: [] }
}

export const inspectorCli: Driver = {
  id: 'inspector',
  surface: 'inspector',
  connect: list,
  again: call,
}
