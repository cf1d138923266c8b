import {
  type Answer,
  encoded,
  type Fields,
  newPkce,
  newState,
  type RegisteredClient,
} from '../oauth/oauth'
import { type Tokens, tokensOf } from '../oauth/oauth-tokens'
import { type Discovered, discover } from './claude-discovery'
import { exerciseMcp } from './claude-mcp'
import { type ClientScript, scopeOf } from './claude-script'
import { newWire, type Wire } from './claude-wire'

/** Opens the authorization URL in a browser and returns the redirect to the client. */
export type Person = (authorizationUrl: URL) => Promise<URL>

/** A connection made by a scripted client. */
export type Connected = {
  readonly script: ClientScript
  readonly wire: Wire
  readonly client: RegisteredClient
  readonly discovered: Discovered
  readonly code: string
  readonly verifier: string
  readonly tokens: Tokens
  /** the result of the first tool call */
  readonly person: string
}

/** Registers a script's client, twice if it does so. @returns the last response */
export async function register(script: ClientScript, { registrationUrl }: Discovered, wire: Wire) {
  await wire.pause(0.3)
  const body = JSON.stringify(script.registration)
  const headers = { 'content-type': 'application/json' }
  const post = () =>
    wire.send('registration', 'control', registrationUrl, { method: 'POST', headers, body })
  const answers = [await post()]
  if (script.registersTwice) answers.push(await post())
  const refused = answers.find(({ status }) => status !== 201)
  if (refused) throw new Error(`registration was refused: ${refused.status} ${refused.text}`)
  return answers.at(-1)?.body as RegisteredClient
}

type Authorized = { readonly code: string; readonly verifier: string }

/** Sends the user to the authorization URL and validates the redirect, as clients do. */
export async function authorize(
  script: ClientScript,
  client: RegisteredClient,
  discovered: Discovered,
  wire: Wire,
  person: Person,
): Promise<Authorized> {
  const { verifier, challenge } = newPkce()
  const state = newState()
  const url = new URL(discovered.authorizationUrl)
  url.search = encoded({
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: script.redirectUri,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state,
    scope: scopeOf(script, discovered),
    resource: script.resource.authorize(discovered.resource),
    ...script.authorizeParameters,
  }).toString()
  const callback = await person(url)
  const { searchParams } = callback
  const code = searchParams.get('code')
  if (!callback.href.startsWith(script.redirectUri) || !code) {
    throw new Error(`the redirect went to ${callback}`)
  }
  if (searchParams.get('state') !== state) throw new Error('the state was changed')
  if (searchParams.get('iss') !== discovered.issuer) throw new Error('iss is not the issuer')
  for (const secret of [code, verifier]) wire.secrets.add(secret)
  return { code, verifier }
}

/** RFC 6749 §2.3.1 would encode both parts first; clients send them raw. */
const basic = ({ client_id: id, client_secret: secret }: RegisteredClient): string =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`

/** Posts to the token endpoint with the client's authentication method. */
export function postToken(
  step: string,
  fields: Fields,
  {
    script,
    client,
    discovered,
    wire,
  }: Pick<Connected, 'script' | 'client' | 'discovered' | 'wire'>,
): Promise<Answer> {
  const isBasic = script.tokenAuth === 'client_secret_basic'
  const body = encoded({
    ...fields,
    ...(isBasic ? {} : { client_id: client.client_id }),
    ...(script.tokenAuth === 'client_secret_post' ? { client_secret: client.client_secret } : {}),
  })
  const headers: HeadersInit = isBasic ? { authorization: basic(client) } : {}
  return wire.send(step, 'control', discovered.tokenUrl, { method: 'POST', headers, body })
}

/** Refreshes as the client does: some send the resource again. */
export async function refreshAs(connected: Connected): Promise<Tokens> {
  const { script, discovered, tokens } = connected
  const fields = {
    grant_type: 'refresh_token',
    refresh_token: tokens.refresh_token,
    resource: script.resource.refresh(discovered.resource),
  }
  return tokensOf(await postToken('token refresh', fields, connected))
}

/** Points at which a client waits. */
export type Delays = { readonly beforeMcp?: Promise<void> }

/**
 * Runs a client from its first request, without a token, to its first tool call.
 *
 * @param pace 1 for the observed timing, 0 for no pauses
 * @throws {Error} naming the step at which the client would have given up
 */
export async function connectAs(
  script: ClientScript,
  mcpUrl: string,
  person: Person,
  pace = 0,
  { beforeMcp }: Delays = {},
): Promise<Connected> {
  const wire = newWire(script, pace)
  const discovered = await discover(script, mcpUrl, wire)
  const client = await register(script, discovered, wire)
  const { code, verifier } = await authorize(script, client, discovered, wire, person)
  if (script.readsServerMetadataAgain) {
    await wire.pause(0.2)
    await wire.send('server metadata', 'control', discovered.serverMetadataUrl)
  }
  await wire.pause(0.5)
  const made = { script, wire, client, discovered, code, verifier }
  const fields = {
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
    redirect_uri: script.redirectUri,
    resource: script.resource.token(discovered.resource),
  }
  const tokens = tokensOf(await postToken('token', fields, made))
  await wire.pause(0.55)
  await beforeMcp
  return { ...made, tokens, person: await exerciseMcp(script, mcpUrl, tokens.access_token, wire) }
}
