import path from 'node:path'
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose'
import { root } from '@/lib/cli/build.mjs'
import { variables } from '@/lib/config/all'
import { admin } from '../support/server/portico-process'
import { discoveryShot, type Leg, mcpShots, refreshShot } from './legs'
import type { Rotation, Shot } from './load'
import type { Contestant } from './running'
import { workshop } from './workshop'

/** A contestant with the requests it is asked. */
export type Entry = Contestant & {
  readonly shots: Partial<Record<Leg, Shot>>
  /** where it hands out refresh tokens, and what stands before one in a body */
  readonly seed?: { readonly path: string; readonly prefix: string }
}

const audience = 'https://mcp.bench.invalid/mcp'

async function newKeys(): Promise<{ publicJwk: JWK; privateJwk: JWK }> {
  const pair = await generateKeyPair('ES256', { extractable: true })
  const name = { kid: 'bench', alg: 'ES256', use: 'sig' }
  return {
    publicJwk: { ...(await exportJWK(pair.publicKey)), ...name },
    privateJwk: { ...(await exportJWK(pair.privateKey)), ...name },
  }
}

/** The token that the MCP contestants other than Portico verify. */
const signToken = async (privateJwk: JWK): Promise<string> =>
  new SignJWT({ client_id: 'bench', scope: 'mcp' })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'bench' })
    .setIssuer('https://as.bench.invalid')
    .setAudience(audience)
    .setSubject('bench')
    .setJti('bench')
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(await importJWK(privateJwk, 'ES256'))

const tokenBody = (clientId: string, resource: string): string =>
  `${new URLSearchParams({ grant_type: 'refresh_token', client_id: clientId, resource })}&refresh_token=`

/** Everybody but Portico. */
export async function peers(databaseUrl: string): Promise<Entry[]> {
  const keys = await newKeys()
  const token = await signToken(keys.privateJwk)
  const env = { BENCH_KEYS: JSON.stringify(keys), DATABASE_URL: databaseUrl }
  const shots = mcpShots({ token, tool: 'echo', args: { text: 'hello' } })
  const own = (id: string, title: string, file: string, asked: Entry['shots']): Entry => ({
    ...{ id, title, args: [file], cwd: workshop.directory, env, ready: '/healthz', shots: asked },
  })
  const seed = { path: '/bench/seed', prefix: tokenBody('pub', audience) }
  return [
    own('raw', 'raw node:http, constant bytes', 'raw.js', {
      ...shots,
      discovery: discoveryShot('/metadata'),
    }),
    own('sdk', 'SDK createMcpHandler on node:http, jose', 'sdk.js', shots),
    {
      ...own('mcp-handler', 'mcp-handler in Next, jose', '', shots),
      args: ['../node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1'],
      cwd: path.join(workshop.directory, 'next'),
    },
    {
      ...own('oidc-provider', 'oidc-provider on PostgreSQL', 'oidc-provider.js', {
        discovery: discoveryShot('/.well-known/openid-configuration'),
        refresh: refreshShot('/token'),
      }),
      seed,
    },
    {
      ...own('better-auth', 'Better Auth on PostgreSQL', 'better-auth.js', {
        discovery: discoveryShot('/.well-known/oauth-authorization-server/api/auth'),
        refresh: refreshShot('/api/auth/oauth2/token'),
      }),
      seed,
    },
  ]
}

/** Portico as `npm start` starts it. */
export function porticoOn(databaseUrl: string): Entry {
  const blank = Object.fromEntries(Object.keys(variables).map((name) => [name, '']))
  return {
    ...{ id: 'portico', title: 'Portico', args: ['lib/cli/start.mjs'], cwd: root, shots: {} },
    ready: '/.well-known/oauth-protected-resource',
    env: {
      ...blank,
      DATABASE_URL: databaseUrl,
      PORTICO_DATA_DIR: path.join(workshop.directory, 'data'),
      PORTICO_SECRET: 'bench-bench-bench-bench-bench-bench',
      PORTICO_ADMIN_EMAIL: admin.email,
      PORTICO_ADMIN_PASSWORD: admin.password,
      PORTICO_PROXY_HOPS: '1',
    },
  }
}

/** What Portico is asked, once there is a token for it. */
export const porticoShots = (token: string): Entry['shots'] => ({
  ...mcpShots({ token, tool: 'server_status', args: {} }),
  discovery: discoveryShot('/.well-known/oauth-authorization-server'),
  refresh: refreshShot('/token'),
})

/** What stands before a refresh token in a request to Portico. */
export const porticoRotation = (
  origin: string,
  clientId: string,
  tokens: readonly string[],
): Rotation => ({ prefix: tokenBody(clientId, `${origin}/mcp`), tokens })
