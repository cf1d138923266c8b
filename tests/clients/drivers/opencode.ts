import path from 'node:path'
import { run, runWithBrowser } from '../command'
import type { Driver, Reached, World } from '../driver'

const program = ({ modules }: World) => path.join(modules, 'opencode-linux-x64/bin/opencode')

/** Signs in, and connects once to see whether that has worked. */
async function auth(world: World): Promise<Reached> {
  const servers = { portico: { type: 'remote', url: world.mcpUrl, enabled: true } }
  world.home.write(
    '.config/opencode/opencode.json',
    JSON.stringify({ mcp: servers, autoupdate: false }),
  )
  const { code, output } = await runWithBrowser(world, program(world), ['mcp', 'auth', 'portico'])
  if (code === 0 && output.includes('successful')) return { kind: 'connected', tools: [] }
  if (world.person.decision === 'deny') return { kind: 'denied', said: output }
  throw new Error(`opencode mcp auth ended with ${code}:\n${output}`)
}

async function list(world: World): Promise<Reached> {
  const output = await run(world.home, program(world), ['mcp', 'list'])
  if (/✓[^\n]*portico/.test(output)) return { kind: 'connected', tools: [] }
  throw new Error(`opencode is not connected:\n${output}`)
}

export const opencode: Driver = { id: 'opencode', surface: 'opencode', connect: auth, again: list }
