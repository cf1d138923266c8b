import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { oauthProvider } from '@better-auth/oauth-provider'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { toNodeHandler } from 'better-auth/node'
import { jwt } from 'better-auth/plugins'
import pg from 'pg'
import { audience, port, scope } from './shared.js'

/** Better Auth with its OAuth provider on PostgreSQL; ES256 access tokens for a resource. */

const connectionString = process.env.DATABASE_URL
const setUp = new pg.Client({ connectionString })
await setUp.connect()
await setUp.query('drop schema if exists ba cascade; create schema ba')
await setUp.end()

const options = {
  baseURL: `http://127.0.0.1:${port}`,
  secret: 'bench-bench-bench-bench-bench-bench-0123456789',
  database: new pg.Pool({ connectionString, max: 10, options: '-c search_path=ba' }),
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { level: 'warn' },
  emailAndPassword: { enabled: true },
  disabledPaths: ['/token'],
  plugins: [
    jwt({ jwks: { keyPairConfig: { alg: 'ES256' } } }),
    oauthProvider({
      loginPage: '/sign-in',
      consentPage: '/consent',
      scopes: [scope, 'offline_access'],
      resources: [{ identifier: audience, name: 'mcp' }],
      allowDynamicClientRegistration: false,
      silenceWarnings: { oauthAuthServerConfig: true, openidConfig: true },
    }),
  ],
}
await (await getMigrations(options)).runMigrations()
const auth = betterAuth(options)
const { adapter } = await auth.$context

const hash = (secret) => createHash('sha256').update(secret).digest('base64url')
const scopes = [scope, 'offline_access']
const dates = () => ({ createdAt: new Date(), updatedAt: new Date() })

await adapter.create({
  model: 'oauthClient',
  data: {
    clientId: 'pub',
    name: 'pub',
    public: true,
    disabled: false,
    tokenEndpointAuthMethod: 'none',
    redirectUris: ['http://127.0.0.1/cb'],
    responseTypes: ['code'],
    grantTypes: ['authorization_code', 'refresh_token'],
    scopes,
    ...dates(),
  },
})
const link = { clientId: 'pub', resourceId: audience, createdAt: new Date() }
await adapter.create({ model: 'oauthClientResource', data: link })

/** One refresh token of a person of its own. */
async function seed() {
  const token = randomBytes(24).toString('base64url')
  const person = { name: token, email: `${token}@bench.invalid`.toLowerCase(), emailVerified: true }
  const user = await adapter.create({ model: 'user', data: { ...person, ...dates() } })
  await adapter.create({
    model: 'oauthRefreshToken',
    data: {
      token: hash(token),
      clientId: 'pub',
      userId: user.id,
      scopes,
      resources: [audience],
      createdAt: new Date(),
      authTime: new Date(),
      expiresAt: new Date(Date.now() + 864e5),
    },
  })
  return token
}

const serve = toNodeHandler(auth)
createServer(async (request, response) => {
  if (request.url === '/healthz') return response.writeHead(200).end()
  if (request.url !== '/bench/seed') return serve(request, response)
  const tokens = []
  for (let index = 0; index < 128; index += 1) tokens.push(await seed())
  response.end(JSON.stringify(tokens))
}).listen(port, '127.0.0.1')
