import path from 'node:path'
import { run, runWithBrowser } from '../command'
import type { Driver, Reached, World } from '../driver'

const program = ({ modules }: World) => path.join(modules, '@openai/codex/bin/codex.js')

/** Signs in and stops: what comes after takes a model. */
const login =
  (...how: readonly string[]) =>
  async (world: World): Promise<Reached> => {
    const { home, mcpUrl } = world
    // what `codex mcp add` writes; that command signs in at once, and has no word for how
    home.write(
      '.codex/config.toml',
      `mcp_oauth_credentials_store = "file"\n[mcp_servers.portico]\nurl = "${mcpUrl}"\n`,
    )
    const args = [program(world), 'mcp', 'login', ...how, 'portico']
    const { code, output } = await runWithBrowser(world, process.execPath, args)
    if (code === 0) return { kind: 'signed in' }
    if (world.person.decision === 'deny') return { kind: 'denied', said: output }
    throw new Error(`codex mcp login ended with ${code}:\n${output}`)
  }

/** Looks at its servers, as it does whenever it starts. */
async function list(world: World): Promise<Reached> {
  const output = await run(world.home, process.execPath, [program(world), 'mcp', 'list'])
  if (/\bOAuth\b/.test(output)) return { kind: 'signed in' }
  throw new Error(`codex is not signed in:\n${output}`)
}

/** As it is: it says who it is by OpenAI's document. */
export const codex: Driver = { id: 'codex', surface: 'codex', connect: login(), again: list }

/** Where it has to register. */
export const codexRegistering: Driver = {
  ...codex,
  connect: login('--oauth-client-registration', 'dcr'),
}
