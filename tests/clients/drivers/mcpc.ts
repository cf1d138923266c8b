import path from 'node:path'
import { run, runWithBrowser } from '../command'
import type { Driver, Reached, World } from '../driver'

/** Names of tools as its lists have them: "* `whoami ()` [read-only]". */
const toolsIn = (text: string): string[] =>
  [...text.matchAll(/^\* `(\w+) \(/gm)].map(([, name]) => String(name))

const program = ({ modules }: World) => path.join(modules, '@apify/mcpc/bin/mcpc')

/** A session of it is a program of its own, which has to be closed. */
async function use(world: World): Promise<Reached> {
  const mcpc = (...args: string[]) => run(world.home, process.execPath, [program(world), ...args])
  await mcpc('connect', world.mcpUrl, '@portico')
  try {
    const tools = toolsIn(await mcpc('@portico', 'tools-list'))
    await mcpc('@portico', 'tools-call', 'whoami')
    return { kind: 'connected', tools }
  } finally {
    await mcpc('close', '@portico')
  }
}

/** Its login signs in and stops. */
async function login(world: World): Promise<Reached> {
  const { code, output } = await runWithBrowser(world, process.execPath, [
    program(world),
    'login',
    world.mcpUrl,
  ])
  if (code === 0) return { kind: 'signed in' }
  if (world.person.decision === 'deny') return { kind: 'denied', said: output }
  throw new Error(`mcpc login ended with ${code}:\n${output}`)
}

export const mcpc: Driver = { id: 'mcpc', surface: 'mcpc', connect: login, again: use }
