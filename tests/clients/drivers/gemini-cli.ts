import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Command, inTerminal, run, start } from '../command'
import type { Driver, Reached, World } from '../driver'

const program = ({ modules }: World) => path.join(modules, '@google/gemini-cli/bundle/gemini.js')

/** It starts with the key of a model only, and asks that model nothing until somebody does. */
const settings = {
  GEMINI_API_KEY: 'none',
  GEMINI_CLI_TRUST_WORKSPACE: 'true',
  GEMINI_TELEMETRY_ENABLED: 'false',
}

const configuration = (mcpUrl: string) => ({
  mcpServers: { portico: { url: mcpUrl, type: 'http', oauth: { enabled: true } } },
  security: { auth: { selectedType: 'gemini-api-key' } },
  general: { disableAutoUpdate: true, disableUpdateNag: true },
  privacy: { usageStatisticsEnabled: false },
})

async function untilShown(gemini: Command, what: RegExp): Promise<void> {
  for (let time = 0; !what.test(gemini.output()); time += 1) {
    if (time === 600 || !gemini.isRunning()) throw new Error(`no ${what} in ${gemini.output()}`)
    await sleep(100)
  }
}

/** Starts it as a person does, in a terminal, and says yes when it asks to sign in: it then lists the tools. */
async function open(world: World): Promise<Reached> {
  const { home, mcpUrl, person } = world
  home.write('.gemini/settings.json', JSON.stringify(configuration(mcpUrl)))
  const [terminal, args] = inTerminal(process.execPath, [program(world)])
  const gemini = start(home, terminal, args, settings)
  try {
    await untilShown(gemini, /Do you want to continue/)
    await sleep(1000)
    gemini.type('\r')
    const said = await person.visit(await home.untilOpened(gemini.isRunning))
    if (person.decision === 'deny') {
      await untilShown(gemini, /denied|failed/i)
      return { kind: 'denied', said: gemini.output() }
    }
    if (!said.includes('Authentication Successful')) throw new Error(said)
    // it says no more of it in the terminal
    await sleep(3000)
    return { kind: 'connected', tools: [] }
  } catch (error) {
    throw new Error(`gemini: ${error}\n${gemini.output()}`)
  } finally {
    await gemini.stop()
  }
}

async function list(world: World): Promise<Reached> {
  const args = [program(world), 'mcp', 'list']
  const output = await run(world.home, process.execPath, args, settings)
  if (/portico: .*Connected/.test(output)) return { kind: 'connected', tools: [] }
  throw new Error(`Gemini CLI is not connected:\n${output}`)
}

export const geminiCli: Driver = {
  id: 'gemini-cli',
  surface: 'gemini-cli',
  connect: open,
  again: list,
}
