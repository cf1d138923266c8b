import path from 'node:path'
import { inTerminal, run, runWithBrowser } from '../command'
import type { Driver, Reached, World } from '../driver'
import { platformPackage } from '../installed'

/** The program itself; the package's own entry is put in place by an install script. */
const program = ({ modules }: World) =>
  path.join(modules, platformPackage('@anthropic-ai/claude-code'), 'claude')

/** It asks nobody but the server that it is told of. */
const settings = { CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1', DISABLE_AUTOUPDATER: '1' }

async function login(world: World): Promise<Reached> {
  const claude = program(world)
  await run(
    world.home,
    claude,
    ['mcp', 'add', '-s', 'user', '-t', 'http', 'portico', world.mcpUrl],
    settings,
  )
  const [script, args] = inTerminal(claude, ['mcp', 'login', 'portico'])
  const { code, output } = await runWithBrowser(world, script, args, settings)
  if (code === 0 && output.includes('Authenticated')) return { kind: 'signed in' }
  if (world.person.decision === 'deny') return { kind: 'denied', said: output }
  throw new Error(`claude mcp login ended with ${code}:\n${output}`)
}

/** Looks whether its servers are well, which takes a whole connection. */
async function list(world: World): Promise<Reached> {
  const output = await run(world.home, program(world), ['mcp', 'list'], settings)
  if (/portico: .*Connected/.test(output)) return { kind: 'connected', tools: [] }
  throw new Error(`Claude Code is not connected:\n${output}`)
}

export const claudeCode: Driver = {
  id: 'claude-code',
  surface: 'claude-code',
  connect: login,
  again: list,
}
