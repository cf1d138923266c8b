import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { freePort } from '../server/free-port.mjs'

/** A user of the provider. */
export type Person = {
  readonly sub: string
  readonly email?: string
  readonly email_verified?: boolean
  readonly name?: string
}

/** What is wrong with the provider's next response. */
type Fault = 'denies' | 'forges the nonce' | 'signs with another key' | 'changes the state'

/** A local OpenID provider; the test sets who is signed in. */
export type OpenIdProvider = {
  readonly issuer: string
  readonly client: { readonly id: string; readonly secret: string }
  /** number of requests of any kind so far */
  requests(): number
  /** authorization requests, in order */
  readonly asked: URLSearchParams[]
  person: Person
  fault: Fault | null
  /** whether only the userinfo endpoint returns the address */
  withholds: boolean
  close(): Promise<void>
}

type Code = {
  readonly request: URLSearchParams
  readonly person: Person
  readonly fault: Fault | null
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url')
const json = (response: ServerResponse, status: number, body: unknown) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

async function bodyOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const part of request) text += part
  return new URLSearchParams(text)
}

/** Starts an OpenID provider (OpenID Connect Core §3.1, code flow with PKCE). */
export async function startOpenIdProvider(): Promise<OpenIdProvider> {
  const port = await freePort()
  const issuer = `http://localhost:${port}`
  const client = { id: 'portico', secret: 'the secret of portico at the provider' }
  const [right, other] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')]
  const jwk = { ...(await exportJWK(right.publicKey)), kid: 'k1', use: 'sig', alg: 'RS256' }
  const [codes, tokens] = [new Map<string, Code>(), new Map<string, Person>()]
  const state = {
    person: { sub: 'nobody' } as Person,
    fault: null as Fault | null,
    withholds: false,
  }
  const asked: URLSearchParams[] = []
  let requests = 0

  const authorize = (query: URLSearchParams, response: ServerResponse) => {
    asked.push(query)
    const back = new URL(query.get('redirect_uri') ?? '')
    const code = randomUUID()
    codes.set(code, { request: query, person: state.person, fault: state.fault })
    if (state.fault === 'denies') back.searchParams.set('error', 'access_denied')
    else back.searchParams.set('code', code)
    const sent = query.get('state') ?? ''
    back.searchParams.set('state', state.fault === 'changes the state' ? randomUUID() : sent)
    response.writeHead(302, { location: back.href }).end()
  }

  const idToken = ({ request, person, fault }: Code) => {
    const { sub, ...rest } = person
    const nonce = fault === 'forges the nonce' ? 'forged' : request.get('nonce')
    const key = fault === 'signs with another key' ? other.privateKey : right.privateKey
    return new SignJWT({ ...(state.withholds ? {} : rest), nonce })
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .setIssuer(issuer)
      .setAudience(client.id)
      .setSubject(sub)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(key)
  }

  const token = async (request: IncomingMessage, response: ServerResponse) => {
    const form = await bodyOf(request)
    const code = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    const basic = `${encodeURIComponent(client.id)}:${new URLSearchParams({ s: client.secret }).toString().slice(2)}`
    const isClient =
      request.headers.authorization === `Basic ${Buffer.from(basic).toString('base64')}`
    const isBound =
      code?.request.get('code_challenge') === sha256(form.get('code_verifier') ?? '') &&
      code.request.get('redirect_uri') === form.get('redirect_uri')
    if (!isClient) return json(response, 401, { error: 'invalid_client' })
    if (!code || !isBound) return json(response, 400, { error: 'invalid_grant' })
    const access = randomUUID()
    tokens.set(access, code.person)
    json(response, 200, {
      access_token: access,
      token_type: 'Bearer',
      expires_in: 60,
      id_token: await idToken(code),
    })
  }

  const server = createServer((request, response) => {
    requests += 1
    const url = new URL(request.url ?? '/', issuer)
    if (url.pathname === '/authorize') return authorize(url.searchParams, response)
    if (url.pathname === '/token') return void token(request, response)
    if (url.pathname === '/keys') return json(response, 200, { keys: [jwk] })
    if (url.pathname === '/userinfo') {
      const person = tokens.get(request.headers.authorization?.replace('Bearer ', '') ?? '')
      return json(response, person ? 200 : 401, person ?? { error: 'invalid_token' })
    }
    if (url.pathname !== '/.well-known/openid-configuration') return json(response, 404, {})
    json(response, 200, {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      userinfo_endpoint: `${issuer}/userinfo`,
      jwks_uri: `${issuer}/keys`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    })
  })
  await new Promise<void>((resolve) => server.listen(port, resolve))
  return Object.assign(state, {
    issuer,
    client,
    asked,
    requests: () => requests,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}
