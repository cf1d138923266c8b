import { cpSync } from 'node:fs'
import path from 'node:path'
import { makeClient } from '../../support/oauth/made-client'
import { signIn } from '../../support/people/operator'
import { run, runWithBrowser } from '../command'
import type { Driver, Reached, World } from '../driver'

/** Small apps, each on a library, with nothing of its own but what the library's guide asks for. */
const apps = path.join(import.meta.dirname, '../libraries')

/** Copies the apps to where their libraries are found. @returns the path of one */
export function placed({ modules }: Pick<World, 'modules'>, program: string): string {
  const folder = path.dirname(modules)
  cpSync(apps, folder, { recursive: true })
  return path.join(folder, program)
}

type Told = { readonly tools?: readonly string[]; readonly denied?: string }

/** What an app says it found, in a line of its own. */
function reachedBy(output: string, isQuiet: boolean): Reached {
  const [line, ...others] = output.split('\n').filter((text) => text.startsWith('{"'))
  const { tools, denied } = JSON.parse(line ?? '{}') as Told
  if (denied !== undefined) return { kind: 'denied', said: denied }
  if (!tools?.includes('whoami') || others.length > 0) throw new Error(`the app said ${output}`)
  if (isQuiet && output !== `${line}\n`) throw new Error(`the library complained:\n${output}`)
  return { kind: 'connected', tools }
}

type App = Pick<Driver, 'id' | 'surface'> & {
  readonly program: string
  /** the name that it registers with */
  readonly clientName: string
  /** what its program takes after its name */
  readonly args?: (world: World) => Promise<readonly string[]>
  /** whether the library prints nothing at a server that it likes */
  readonly isQuiet?: boolean
}

/** The driver of an app. */
export function app({ program, args, isQuiet = false, ...driver }: App): Driver {
  const given = new Map<World, readonly string[]>()
  const commandOf = async (world: World) => {
    const more = given.get(world) ?? (await args?.(world)) ?? []
    given.set(world, more)
    return [placed(world, program), world.mcpUrl, driver.clientName, ...more]
  }
  return {
    ...driver,
    connect: async (world) => {
      const command = await commandOf(world)
      const { code, output } = await runWithBrowser(world, process.execPath, command)
      if (code !== 0) throw new Error(`${driver.id} ended with ${code}:\n${output}`)
      return reachedBy(output, isQuiet)
    },
    again: async (world) =>
      reachedBy(await run(world.home, process.execPath, await commandOf(world)), isQuiet),
  }
}

const sdk1 = { surface: 'unknown', program: 'sdk-1.js', isQuiet: true } as const

export const sdkNow = app({ ...sdk1, id: 'sdk-1', clientName: 'Harbour desk' })
export const sdk123 = app({ ...sdk1, id: 'sdk-1.23', clientName: 'Tide tables' })
/** It warns of every tool whose output schema it cannot read. */
export const sdk112 = app({ ...sdk1, id: 'sdk-1.12', clientName: 'Old lighthouse' })
export const sdk2 = app({
  id: 'sdk-2',
  surface: 'unknown',
  program: 'sdk-2.js',
  clientName: 'New lighthouse',
  isQuiet: true,
})
export const aiSdk = app({
  id: 'ai-sdk',
  surface: 'ai-sdk',
  program: 'ai-sdk.js',
  clientName: 'Ferry chat',
})
export const langchain = app({
  id: 'langchain',
  surface: 'langchain',
  program: 'langchain.js',
  clientName: 'Buoy agent',
})
export const mcpUse = app({
  id: 'mcp-use',
  surface: 'mcp-use',
  program: 'mcp-use.js',
  clientName: 'Mainsail',
})

/** It registers nothing: a client is made for it in the dashboard, at the port that it listens on. */
const mooring = { clientName: 'Mooring', redirectUri: 'http://127.0.0.1:33517/callback' }
export const mastra = app({
  id: 'mastra',
  // nothing that it sends names the library: its clientInfo is the app's own name for the server
  surface: 'unknown',
  program: 'mastra.js',
  clientName: mooring.clientName,
  args: async ({ mcpUrl }) => {
    const admin = await signIn(new URL(mcpUrl).origin)
    const made = await makeClient(admin, mooring.clientName, mooring.redirectUri, [])
    return [made.client_id, mooring.redirectUri]
  },
})

const { again: _, ...checks } = app({
  id: 'mcpjam',
  surface: 'mcpjam',
  program: 'mcpjam.js',
  clientName: 'MCPJam SDK OAuth Conformance',
  args: async () => ['http://127.0.0.1:33518/callback'],
})
/** It checks a server once, and keeps nothing. */
export const mcpjam: Driver = checks
