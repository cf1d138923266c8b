import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { runWithBrowser, start } from '../command'
import type { Driver, Reached, World } from '../driver'

const inFiles = 'mcp_oauth_credentials_store = "file"\n'

/** Its settings of a model, which come before those of servers. */
const modelAt = (port: number) => `${inFiles}model = "none"
model_provider = "none"
[model_providers.none]
name = "none"
base_url = "http://127.0.0.1:${port}/v1"
wire_api = "responses"
request_max_retries = 0
stream_max_retries = 0
`

const configuration = (mcpUrl: string) => `[mcp_servers.portico]\nurl = "${mcpUrl}"\n`

const program = ({ modules }: Pick<World, 'modules'>) =>
  path.join(modules, '@openai/codex/bin/codex.js')

/** Signs in and stops: what comes after takes a model. */
const login =
  (...how: readonly string[]) =>
  async (world: World): Promise<Reached> => {
    const { home, mcpUrl } = world
    // what `codex mcp add` writes; that command signs in at once, and has no word for how
    home.write('.codex/config.toml', `${inFiles}${configuration(mcpUrl)}`)
    const args = [program(world), 'mcp', 'login', ...how, 'portico']
    const { code, output } = await runWithBrowser(world, process.execPath, args)
    if (code === 0) return { kind: 'signed in' }
    if (world.person.decision === 'deny') return { kind: 'denied', said: output }
    throw new Error(`codex mcp login ended with ${code}:\n${output}`)
  }

/** Starts to work, which begins with its servers and their tools, and ends at its model. */
async function work({ home, modules, mcpUrl }: World): Promise<Reached> {
  const model = createServer((request, response) => {
    request.resume()
    response.writeHead(400, { 'content-type': 'application/json' })
    response.end('{"error":{"message":"there is no model here"}}')
  })
  await once(model.listen(0, '127.0.0.1'), 'listening')
  const { port } = model.address() as AddressInfo
  home.write('.codex/config.toml', `${modelAt(port)}${configuration(mcpUrl)}`)
  const args = [program({ modules }), 'exec', '--skip-git-repo-check', 'Say nothing.']
  const codex = start(home, process.execPath, args)
  codex.hangUp()
  await codex.ended
  model.close()
  if (!codex.output().includes('no model'))
    throw new Error(`codex did not work:\n${codex.output()}`)
  return { kind: 'connected', tools: [] }
}

/** As it is: it says who it is by OpenAI's document. */
export const codex: Driver = { id: 'codex', surface: 'codex', connect: login(), again: work }

/** Where it has to register. */
export const codexRegistering: Driver = {
  ...codex,
  connect: login('--oauth-client-registration', 'dcr'),
}
