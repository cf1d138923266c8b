import { authorize, type Person, postToken, register } from '../clients/claude'
import { hostedClaude } from '../clients/claude-clients'
import { type Discovered, discover } from '../clients/claude-discovery'
import type { ClientScript } from '../clients/claude-script'
import { newWire, type Wire } from '../clients/claude-wire'
import { type McpAnswer, mcpHeaders, statelessHeaders, statelessRpc } from '../mcp/mcp-message'
import type { Answer, Fields, RegisteredClient } from '../oauth/oauth'
import { type Tokens, tokensOf } from '../oauth/oauth-tokens'
import type { Operator } from '../people/operator'
import { allowing } from './corpus-person'
import { homeAddress, type World } from './corpus-world'

/** The scripted client step by step, so that it can stop or deviate at any of them. */

/** minimal pauses between the steps */
const pace = 0.15

/** A client that has read the metadata documents. */
export type Reader = {
  readonly world: World
  readonly script: ClientScript
  readonly wire: Wire
  readonly discovered: Discovered
}
/** … and registered. */
export type Registered = Reader & { readonly client: RegisteredClient }
/** … and has a code. */
export type WithCode = Registered & { readonly code: string; readonly verifier: string }
/** … and has tokens. */
export type WithTokens = WithCode & { readonly tokens: Tokens }

type Changes = {
  /** instead of registering */
  readonly client?: RegisteredClient
  readonly person?: Person
}

/** Local clients have the address of their user's machine. */
export const located = (script: ClientScript): ClientScript =>
  script.addresses.length > 0 ? script : { ...script, addresses: [homeAddress] }

/** The browser of a client's user. */
export const browserOf = ({ admin, home }: World, { addresses }: ClientScript): Operator =>
  addresses.every((address) => address === homeAddress) ? home : admin

export async function readsDocuments(world: World, as = hostedClaude): Promise<Reader> {
  const script = located(as)
  const wire = newWire(script, pace)
  return { world, script, wire, discovered: await discover(script, world.mcpUrl, wire) }
}

export async function registers(world: World, script = hostedClaude): Promise<Registered> {
  const reader = await readsDocuments(world, script)
  return { ...reader, client: await register(script, reader.discovered, reader.wire) }
}

/** Sends the user to authorize, and waits for the redirect. */
export async function asks(registered: Registered, person?: Person): Promise<WithCode> {
  const { world, script, client, discovered, wire } = registered
  const whom = person ?? allowing(world.origin, browserOf(world, script))
  const code = await authorize(script, client, discovered, wire, whom)
  if (script.readsServerMetadataAgain) {
    await wire.send('server metadata', 'control', discovered.serverMetadataUrl)
  }
  await wire.pause(0.5)
  return { ...registered, ...code }
}

export async function getsCode(
  world: World,
  script = hostedClaude,
  { client, person }: Changes = {},
): Promise<WithCode> {
  const registered = client
    ? { ...(await readsDocuments(world, script)), client }
    : await registers(world, script)
  return asks(registered, person)
}

/** Exchanges the code; `fields` change the request. */
export const exchanges = (made: WithCode, fields: Fields = {}): Promise<Answer> =>
  postToken(
    'token',
    {
      grant_type: 'authorization_code',
      code: made.code,
      code_verifier: made.verifier,
      redirect_uri: made.script.redirectUri,
      resource: made.script.resource.token(made.discovered.resource),
      ...fields,
    },
    made,
  )

export async function getsTokens(
  world: World,
  script = hostedClaude,
  changes: Changes = {},
): Promise<WithTokens> {
  const made = await getsCode(world, script, changes)
  const tokens = tokensOf(await exchanges(made))
  await made.wire.pause(0.55)
  return { ...made, tokens }
}

/** Refreshes. @param token the newest by default */
export const refreshes = (
  made: WithTokens,
  token = made.tokens.refresh_token,
  fields: Fields = {},
): Promise<Answer> =>
  postToken('refresh', { grant_type: 'refresh_token', refresh_token: token, ...fields }, made)

/** Posts a message to the endpoint with a token, from the client's MCP leg. */
export const calls = (
  { world, script, wire, tokens }: WithTokens,
  message: object = statelessRpc('server/discover'),
  headers: Readonly<Record<string, string | null>> = statelessHeaders('server/discover'),
  token: string | null = tokens.access_token,
): Promise<McpAnswer> =>
  wire.sendMcp('call', world.mcpUrl, {
    method: 'POST',
    headers: mcpHeaders(token, { ...script.mcpHeaders, ...headers }),
    body: JSON.stringify(message),
  })
