import { createHash } from 'node:crypto'

/** One request of a stranger. */
export type Shot = {
  readonly kind: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** What a flood has learned from the server, as any stranger may. */
export type Knowledge = {
  /** of clients that it registered */
  readonly clientIds: string[]
  /** next-auth's CSRF token (`GET /api/auth/csrf`) */
  readonly csrf: { readonly token: string; readonly cookie: string }
  /** an existing account */
  readonly email: string
}

/** A number in [0, 1), the same sequence for the same seed (mulberry32). */
export type Chance = () => number

/** @param seed to repeat a flood */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const upTo = (chance: Chance, end: number): number => Math.floor(chance() * end)
const oneOf = <Item>(chance: Chance, items: readonly [Item, ...Item[]]): Item =>
  items[upTo(chance, items.length)] ?? items[0]
const word = (chance: Chance, length = 12): string =>
  Array.from({ length }, () => upTo(chance, 36).toString(36)).join('')

/** A third is one machine, a third one IPv6 network, and a third is random. */
function addressOf(chance: Chance): string {
  const hex = () => upTo(chance, 0x1_0000).toString(16)
  return oneOf(chance, [
    '192.88.98.66',
    `2a0c:5a80:1:${hex()}::${hex()}`,
    `${oneOf(chance, [23, 45, 78, 185])}.${upTo(chance, 256)}.${upTo(chance, 256)}.${1 + upTo(chance, 254)}`,
  ])
}

const agentOf = (chance: Chance): string =>
  oneOf(chance, [
    'Claude-User',
    'python-httpx/0.28.1',
    'codex-mcp-client/0.120.0',
    'Mozilla/5.0 (X11; Linux x86_64) zgrab/0.x',
    'mozilla/'.repeat(1 + upTo(chance, 1000)),
    `scanner/${word(chance)}`,
    'node',
  ])

const json = { 'content-type': 'application/json' }
const form = { 'content-type': 'application/x-www-form-urlencoded' }

type Made = Omit<Shot, 'kind'>
type Maker = (chance: Chance, learned: Knowledge) => Made

const get = (path: string, headers = {}): Made => ({ method: 'GET', path, headers })
const postJson = (path: string, value: unknown, headers = {}): Made => ({
  method: 'POST',
  path,
  headers: { ...json, ...headers },
  body: JSON.stringify(value),
})
const postForm = (path: string, fields: Readonly<Record<string, string>>, headers = {}): Made => ({
  method: 'POST',
  path,
  headers: { ...form, ...headers },
  body: new URLSearchParams(fields).toString(),
})

const someClient = (chance: Chance, { clientIds }: Knowledge): string =>
  clientIds[upTo(chance, clientIds.length)] ?? 'client_nobody'

const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: 'flood', version: '1' },
  },
}

const authorize = (clientId: string, fields: Readonly<Record<string, string>>): Made =>
  get(
    `/authorize?${new URLSearchParams({ client_id: clientId, response_type: 'code', ...fields })}`,
    { accept: 'text/html' },
  )

const valid = (chance: Chance): Record<string, string> => ({
  redirect_uri: 'https://flood.example/callback',
  code_challenge: createHash('sha256').update(word(chance)).digest('base64url'),
  code_challenge_method: 'S256',
  scope: 'claudeai',
  state: word(chance),
})

const guess = (email: string, chance: Chance, { csrf }: Knowledge): Made =>
  postForm(
    '/api/auth/callback/credentials',
    { email, password: word(chance), csrfToken: csrf.token, json: 'true', callbackUrl: '/admin' },
    { cookie: csrf.cookie },
  )

/** Kinds of requests and their share, of a thousand. */
const makers: Readonly<Record<string, readonly [number, Maker]>> = {
  'unknown path': [
    160,
    (chance) =>
      get(oneOf(chance, ['/.env', '/wp-login.php', `/${word(chance)}`, `/a/${word(chance)}.php`])),
  ],
  challenge: [120, () => get('/mcp')],
  'initialize without a token': [120, () => postJson('/mcp', initialize)],
  'invented token': [
    100,
    (chance) =>
      postJson('/mcp', initialize, { authorization: `Bearer ${word(chance, 12)}.${word(chance)}` }),
  ],
  document: [
    100,
    (chance) =>
      get(
        oneOf(chance, [
          '/.well-known/oauth-protected-resource/mcp',
          '/.well-known/oauth-protected-resource',
          '/.well-known/oauth-authorization-server',
          '/.well-known/openid-configuration',
        ]),
      ),
  ],
  registration: [
    80,
    (chance) =>
      postJson('/register', {
        client_name: `Claude ${word(chance)}`,
        redirect_uris: [
          'https://flood.example/callback',
          `https://${word(chance)}.example/callback`,
        ],
        token_endpoint_auth_method: oneOf(chance, ['none', 'client_secret_post']),
      }),
  ],
  'large registration': [
    20,
    (chance) =>
      postJson('/register', {
        client_name: word(chance, 30_000),
        redirect_uris: ['https://flood.example/callback'],
      }),
  ],
  'authorize, unknown client': [40, (chance) => authorize(word(chance), valid(chance))],
  authorize: [60, (chance, learned) => authorize(someClient(chance, learned), valid(chance))],
  'authorize, refused': [
    20,
    (chance, learned) =>
      authorize(someClient(chance, learned), { ...valid(chance), response_type: 'x' }),
  ],
  'invented code': [
    60,
    (chance, learned) =>
      postForm('/token', {
        grant_type: 'authorization_code',
        code: word(chance),
        code_verifier: word(chance, 43),
        client_id: someClient(chance, learned),
      }),
  ],
  'invented refresh token': [
    30,
    (chance, learned) =>
      postForm('/token', {
        grant_type: 'refresh_token',
        refresh_token: word(chance, 40),
        client_id: someClient(chance, learned),
      }),
  ],
  revocation: [10, (chance) => postForm('/revoke', { token: word(chance, 40) })],
  introspection: [10, (chance) => postForm('/introspect', { token: word(chance, 40) })],
  'guess at an invented account': [
    6,
    (chance, learned) => guess(`${word(chance)}@example.com`, chance, learned),
  ],
  'guess at an account': [6, (chance, learned) => guess(learned.email, chance, learned)],
  'passkey challenge': [10, () => postJson('/api/auth/passkey', {})],
  page: [
    28,
    (chance) =>
      get(
        oneOf(chance, [
          '/sign-in',
          '/admin',
          '/setup',
          '/connections',
          `/shared/${word(chance, 43)}`,
          `/invite?token=${word(chance, 43)}`,
          `/consent/${word(chance, 22)}`,
        ]),
        { accept: 'text/html' },
      ),
  ],
  'large body': [
    10,
    (chance) => ({
      method: 'POST',
      path: oneOf(chance, [
        '/sign-in',
        '/api/auth/callback/credentials',
        '/mcp',
        `/${word(chance)}`,
      ]),
      headers: form,
      body: `x=${'y'.repeat(100_000)}`,
    }),
  ],
  'other method': [
    10,
    (chance) => ({
      method: oneOf(chance, ['OPTIONS', 'HEAD', 'PUT', 'DELETE', 'PATCH']),
      path: oneOf(chance, ['/mcp', '/token', '/sign-in', '/admin/log/stream', `/${word(chance)}`]),
      headers: {},
    }),
  ],
}

const parts = Object.entries(makers)
const whole = parts.reduce((sum, [, [share]]) => sum + share, 0)

/** The names of the kinds. */
export const floodKinds: readonly string[] = Object.keys(makers)

/** The next request of a flood, from one of many addresses and user agents. */
export function nextShot(chance: Chance, learned: Knowledge): Shot {
  let at = chance() * whole
  const [kind, [, make]] =
    parts.find(([, [share]]) => {
      at -= share
      return at < 0
    }) ?? (parts[0] as (typeof parts)[number])
  const made = make(chance, learned)
  const from = { 'x-forwarded-for': addressOf(chance), 'user-agent': agentOf(chance) }
  return { kind, ...made, headers: { ...from, ...made.headers } }
}
