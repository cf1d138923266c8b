import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { type Operator, operatorOf } from '../people/operator'
import { approve } from '../people/operator-consent'

/** RFC 7636 §4.1, §4.2. */
export function newPkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** A fresh `state`. */
export const newState = (): string => randomBytes(16).toString('base64url')

/** Parameters by name; an array repeats its name, `undefined` omits it. */
export type Fields = Readonly<Record<string, string | readonly string[] | undefined>>

/** Fields as a query or form body. */
export function encoded(fields: Fields): URLSearchParams {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one) => [name, one]),
  )
  return new URLSearchParams(pairs)
}

/** A parsed response of an OAuth endpoint. */
export type Answer = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly body: Readonly<Record<string, unknown>>
}

/** Reads a response; `body` is empty if it is not a JSON object. */
export async function read(response: Response): Promise<Answer> {
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json')
  const value: unknown = isJson && text ? JSON.parse(text) : null
  const body = typeof value === 'object' && value !== null ? (value as Answer['body']) : {}
  return { status: response.status, headers: response.headers, text, body }
}

/** Posts a form to an endpoint. */
export const postForm = async (
  url: string,
  fields: Fields,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> =>
  read(await fetch(url, { method: 'POST', body: encoded(fields), headers, redirect: 'manual' }))

/** Posts JSON to an endpoint. */
export const postJson = async (url: string, value: unknown): Promise<Answer> =>
  read(
    await fetch(url, {
      method: 'POST',
      body: typeof value === 'string' ? value : JSON.stringify(value),
      headers: { 'content-type': 'application/json' },
      redirect: 'manual',
    }),
  )

/** A registration response (RFC 7591 §3.2.1). */
export type RegisteredClient = {
  readonly client_id: string
  readonly client_secret?: string
  readonly redirect_uris: readonly string[]
  readonly [member: string]: unknown
}

/** The default redirect URI of test clients. */
export const redirectUri = 'https://client.example/callback'

/** Registers a client; by default a public one with one redirect URI. */
export async function register(
  origin: string,
  metadata: Readonly<Record<string, unknown>> = {},
): Promise<RegisteredClient> {
  const { status, body, text } = await postJson(`${origin}/register`, {
    client_name: 'Test client',
    redirect_uris: [redirectUri],
    token_endpoint_auth_method: 'none',
    // unknown members are ignored; identical registrations would return one client
    test_run: randomUUID(),
    ...metadata,
  })
  if (status !== 201) throw new Error(`registration was refused: HTTP ${status} ${text}`)
  return body as RegisteredClient
}

/** A complete authorization request (RFC 6749 §4.1.1); `fields` change it. */
export const authorizationUrl = (
  origin: string,
  client: RegisteredClient,
  challenge: string,
  fields: Fields = {},
): URL => {
  const url = new URL('/authorize', origin)
  url.search = encoded({
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: client.redirect_uris[0],
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state: newState(),
    scope: 'claudeai',
    resource: `${origin}/mcp`,
    ...fields,
  }).toString()
  return url
}

/** An authorization code with what is needed to exchange it. */
export type Code = {
  readonly client: RegisteredClient
  readonly code: string
  readonly verifier: string
  readonly callback: URL
}

/** Has an operator allow a client's request. */
export async function obtainCode(
  origin: string,
  options: { client?: RegisteredClient; operator?: Operator; fields?: Fields } = {},
): Promise<Code> {
  const client = options.client ?? (await register(origin))
  const operator = options.operator ?? (await operatorOf(origin))
  const { verifier, challenge } = newPkce()
  const url = authorizationUrl(origin, client, challenge, options.fields)
  const callback = await approve(operator, url)
  return { client, code: callback.searchParams.get('code') ?? '', verifier, callback }
}
