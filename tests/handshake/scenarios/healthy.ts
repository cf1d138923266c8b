import { connectAs, refreshAs } from '../../support/clients/claude'
import {
  claudeCode,
  codex,
  cursor,
  geminiCli,
  hostedClaude,
  inspector,
  mcpRemote,
  visualStudioCode,
} from '../../support/clients/claude-clients'
import { exerciseMcp } from '../../support/clients/claude-mcp'
import { type ClientScript, usual } from '../../support/clients/claude-script'
import { newWire } from '../../support/clients/claude-wire'
import {
  exchanges,
  getsCode,
  getsTokens,
  located,
  readsDocuments,
  refreshes,
} from '../../support/handshakes/corpus-client'
import { behindCloudflare } from '../../support/handshakes/corpus-faults'
import { allowing, answerConsent, reachConsent } from '../../support/handshakes/corpus-person'
import type { Scenario } from '../../support/handshakes/corpus-scenario'
import { homeAddress, type World } from '../../support/handshakes/corpus-world'
import { initialize, mcpHeaders } from '../../support/mcp/mcp-message'
import { makeClient } from '../../support/oauth/made-client'
import type { RegisteredClient } from '../../support/oauth/oauth'
import { tokensOf } from '../../support/oauth/oauth-tokens'
import { form, newBrowser } from '../../support/people/operator'
import { claudeCodeIdentity, claudeIdentity } from './identities'

const chatGpt: ClientScript = {
  ...usual,
  name: 'ChatGPT',
  userAgents: { control: 'openai-mcp/1.0.0', data: 'openai-mcp/1.0.0' },
  addresses: ['20.102.212.101', '20.102.212.102'],
  registration: {
    client_name: 'ChatGPT',
    redirect_uris: ['https://chatgpt.com/connector_platform_oauth_redirect'],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_post',
  },
  redirectUri: 'https://chatgpt.com/connector_platform_oauth_redirect',
  tokenAuth: 'client_secret_post',
}

const hostedStateless: ClientScript = { ...hostedClaude, revision: '2026-07-28' }
const codeInSessions: ClientScript = {
  ...claudeCode,
  discoversServer: false,
  revision: '2025-11-25',
}

/** A person who signs in, beside a client of theirs or far from it. */
const personOf = ({ origin }: World, { addresses }: ClientScript) =>
  allowing(origin, addresses.length > 0 ? newBrowser(origin) : newBrowser(origin, homeAddress))

const connects =
  (script: ClientScript, pace = 0.15) =>
  (world: World) =>
    connectAs(located(script), world.mcpUrl, personOf(world, script), pace)

type Identity = { readonly script: ClientScript; readonly client: RegisteredClient }

/** Connects without registering. */
const connectsAs =
  ({ script, client }: Identity) =>
  async (world: World) => {
    const person = personOf(world, script)
    const made = await getsTokens(world, script, { client, person })
    await exerciseMcp(made.script, world.mcpUrl, made.tokens.access_token, made.wire)
  }

/** Hosted Claude probes a connection without a token, every few minutes. */
async function probes(world: World): Promise<void> {
  const wire = newWire(hostedClaude, 0)
  const { headers } = hostedClaude.opening
  const body = JSON.stringify(initialize('2025-11-25', 'Anthropic'))
  await wire.send('probe', 'control', world.mcpUrl, { method: 'POST', headers, body })
}

let rememberedClient: RegisteredClient | undefined

/** Allows a client for good, before the handshake that is recorded. */
async function remembered(world: World): Promise<void> {
  const { script } = claudeIdentity
  const client = await makeClient(world.admin, 'Claude by hand', script.redirectUri, [
    'confidential',
  ])
  const secret: ClientScript = { ...script, tokenAuth: 'client_secret_post' }
  const remembering = async (url: URL) => {
    const page = await reachConsent(world.admin, url)
    const fields = { csrf: page.csrf, decision: 'allow', remember: 'yes' }
    const response = await world.admin.open(page.action, form(fields))
    return new URL(response.headers.get('location') ?? '')
  }
  await exchanges(await getsCode(world, secret, { client, person: remembering }))
  rememberedClient = client
}

const healthyClients: readonly (readonly [stream: string, how: string, script: ClientScript])[] = [
  ['healthy-hosted-dynamic-session', 'hosted Claude as it is', hostedClaude],
  ['healthy-hosted-dynamic-stateless', 'hosted Claude in 2026-07-28', hostedStateless],
  ['healthy-code-dynamic-stateless', 'Claude Code in 2026-07-28', claudeCode],
  ['healthy-code-dynamic-session', 'Claude Code in 2025-11-25', codeInSessions],
  ['healthy-chatgpt', 'ChatGPT', chatGpt],
  ['healthy-cursor', 'Cursor', cursor],
  ['healthy-vscode', 'VS Code', visualStudioCode],
  ['healthy-inspector', 'MCP Inspector', inspector],
  ['healthy-codex', 'Codex', codex],
  ['healthy-mcp-remote', 'mcp-remote', mcpRemote],
  ['healthy-gemini-cli', 'Gemini CLI', geminiCli],
]

const healthy = (
  stream: string,
  how: string,
  run: Scenario['run'],
  more: Partial<Scenario> = {},
): Scenario => ({ stream, mode: null, how, run, after: 1000, ...more })

export const healthyScenarios: readonly Scenario[] = [
  ...healthyClients.map(([stream, how, script]) => healthy(stream, how, connects(script))),
  healthy(
    'healthy-hosted-own-pace',
    'hosted Claude with the pauses it makes',
    connects(hostedClaude, 1),
  ),
  healthy(
    'healthy-hosted-document-session',
    'hosted Claude by its metadata document',
    connectsAs(claudeIdentity),
  ),
  healthy(
    'healthy-hosted-document-stateless',
    'hosted Claude by its metadata document in 2026-07-28',
    connectsAs({ ...claudeIdentity, script: { ...claudeIdentity.script, revision: '2026-07-28' } }),
  ),
  healthy(
    'healthy-code-document',
    'Claude Code by its metadata document',
    connectsAs(claudeCodeIdentity),
  ),
  healthy(
    'healthy-hosted-pre-registered',
    'hosted Claude with a client that an admin made',
    async (world) => {
      const client = await makeClient(world.admin, 'Claude by hand', hostedClaude.redirectUri, [
        'confidential',
      ])
      await connectsAs({ script: hostedClaude, client })(world)
    },
    { known: 'pre-registered' },
  ),
  healthy(
    'healthy-hosted-remembered',
    'the person has allowed before, and is not asked',
    async (world) => {
      const client = rememberedClient
      if (!client) throw new Error('nothing was remembered')
      const secret = { ...claudeIdentity.script, tokenAuth: 'client_secret_post' } as const
      const person = async (url: URL) => {
        const response = await world.admin.open(url)
        return new URL(response.headers.get('location') ?? '')
      }
      const made = await getsTokens(world, secret, { client, person })
      await exerciseMcp(made.script, world.mcpUrl, made.tokens.access_token, made.wire)
    },
    { known: 'pre-registered', before: remembered },
  ),
  healthy(
    'healthy-hosted-behind-cloudflare',
    'hosted Claude through an edge that lets it pass',
    connects(hostedClaude),
    { fault: behindCloudflare() },
  ),
  healthy(
    'healthy-hosted-retry',
    'the first attempt ends after its registration, the one 75 s later connects',
    async (world) => {
      await readsDocuments(world)
      await world.later(75_000)
      await connects(hostedClaude)(world)
    },
    { handshakes: 2 },
  ),
  healthy(
    'healthy-hosted-refresh-race',
    'two machines of the client refresh at once with one token',
    async (world) => {
      const connected = await connects(hostedClaude)(world)
      await Promise.all([refreshAs(connected), refreshAs(connected)])
      const tokens = await refreshAs(connected)
      await exerciseMcp(hostedClaude, world.mcpUrl, tokens.access_token, connected.wire)
    },
  ),
  healthy(
    'healthy-hosted-refresh-after-expiry',
    'the token expires, is refused, and is refreshed',
    async (world) => {
      const made = await getsTokens(world)
      await exerciseMcp(made.script, world.mcpUrl, made.tokens.access_token, made.wire)
      await world.later(61 * 60_000)
      const call = exerciseMcp(made.script, world.mcpUrl, made.tokens.access_token, made.wire)
      await call.catch(() => undefined)
      const tokens = tokensOf(await refreshes(made))
      await exerciseMcp(made.script, world.mcpUrl, tokens.access_token, made.wire)
    },
  ),
  healthy(
    'healthy-hosted-probed',
    'a connection that is probed without a token, minutes later',
    async (world) => {
      await connects(hostedClaude)(world)
      for (let time = 0; time < 3; time += 1) {
        await world.later(4 * 60_000)
        await probes(world)
      }
    },
  ),
  healthy(
    'healthy-hosted-ten-at-once',
    'ten people connect at once from one network',
    (world) => Promise.all(Array.from({ length: 10 }, () => connects(hostedClaude)(world))),
    { handshakes: 10 },
  ),
  healthy(
    'healthy-hosted-prefetched',
    'something fetches the link to the sign-in before the person opens it',
    async (world) => {
      const browser = newBrowser(world.origin)
      const person = async (url: URL) => {
        await browser.open(url, { headers: { purpose: 'prefetch' } })
        return answerConsent(browser, url)
      }
      const made = await getsTokens(world, hostedClaude, { person })
      await exerciseMcp(made.script, world.mcpUrl, made.tokens.access_token, made.wire)
    },
  ),
  healthy(
    'healthy-hosted-other-half-knocks',
    'Claude-User asks twice without a token while the person signs in',
    async (world) => {
      const wire = newWire({ ...hostedClaude, addresses: ['160.79.106.171'] }, 0)
      const knock = () =>
        wire.sendMcp('knock', world.mcpUrl, {
          method: 'POST',
          headers: mcpHeaders(null),
          body: JSON.stringify(initialize('2025-11-25', 'Anthropic')),
        })
      const person = async (url: URL) => {
        await knock()
        await knock()
        return answerConsent(newBrowser(world.origin), url)
      }
      const made = await getsTokens(world, hostedClaude, { person })
      await exerciseMcp(made.script, world.mcpUrl, made.tokens.access_token, made.wire)
    },
  ),
]
