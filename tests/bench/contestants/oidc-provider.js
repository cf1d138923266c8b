import { createServer } from 'node:http'
import Provider from 'oidc-provider'
import pg from 'pg'
import { audience, port, privateJwk, scope } from './shared.js'

/** oidc-provider with an adapter on PostgreSQL; ES256 access tokens bound to a resource. */

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 })
await pool.query(`drop table if exists oidc; create table oidc (k text primary key, payload jsonb not null,
  grant_id text, user_code text, uid text, expires_at timestamptz, consumed_at timestamptz);
  create index on oidc (grant_id)`)

function fromRow(row) {
  if (!row || (row.expires_at && row.expires_at < new Date())) return undefined
  const consumed = row.consumed_at && { consumed: Math.floor(Number(row.consumed_at) / 1000) }
  return { ...row.payload, ...consumed }
}

class Adapter {
  constructor(model) {
    this.model = model
  }
  key(id) {
    return `${this.model}:${id}`
  }
  async upsert(id, payload, expiresIn) {
    const expiresAt = expiresIn ? new Date(Date.now() + expiresIn * 1000) : null
    const { grantId = null, userCode = null, uid = null } = payload
    await pool.query({
      name: 'upsert',
      text: `insert into oidc (k, payload, grant_id, user_code, uid, expires_at) values ($1,$2,$3,$4,$5,$6)
        on conflict (k) do update set payload = excluded.payload, grant_id = excluded.grant_id,
        user_code = excluded.user_code, uid = excluded.uid, expires_at = excluded.expires_at`,
      values: [this.key(id), JSON.stringify(payload), grantId, userCode, uid, expiresAt],
    })
  }
  async find(id) {
    const text = 'select * from oidc where k = $1'
    const { rows } = await pool.query({ name: 'find', text, values: [this.key(id)] })
    return fromRow(rows[0])
  }
  async findByUid(uid) {
    return fromRow((await pool.query('select * from oidc where uid = $1', [uid])).rows[0])
  }
  async findByUserCode(code) {
    return fromRow((await pool.query('select * from oidc where user_code = $1', [code])).rows[0])
  }
  async consume(id) {
    const text = 'update oidc set consumed_at = now() where k = $1'
    await pool.query({ name: 'consume', text, values: [this.key(id)] })
  }
  async destroy(id) {
    await pool.query('delete from oidc where k = $1', [this.key(id)])
  }
  async revokeByGrantId(grantId) {
    await pool.query('delete from oidc where grant_id = $1', [grantId])
  }
}

const provider = new Provider(`http://127.0.0.1:${port}`, {
  adapter: Adapter,
  clients: [
    {
      client_id: 'pub',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      redirect_uris: ['http://127.0.0.1/cb'],
      response_types: ['code'],
    },
  ],
  jwks: { keys: [privateJwk] },
  scopes: ['openid', 'offline_access', scope],
  clientDefaults: { id_token_signed_response_alg: 'ES256' },
  cookies: { keys: ['bench'] },
  features: {
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => audience,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope,
        audience,
        accessTokenTTL: 3600,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'ES256' } },
      }),
    },
  },
  rotateRefreshToken: () => true,
  findAccount: (_context, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
  ttl: { RefreshToken: 86400, Grant: 86400, AccessToken: 3600 },
})

/** One refresh token of a connection of its own. */
async function seed(accountId) {
  const client = await provider.Client.find('pub')
  const grant = new provider.Grant({ accountId, clientId: 'pub' })
  grant.addResourceScope(audience, scope)
  const grantId = await grant.save()
  const authTime = Math.floor(Date.now() / 1000)
  const fields = { accountId, client, grantId, gty: 'authorization_code', authTime }
  return new provider.RefreshToken({ ...fields, scope, resource: audience }).save()
}

const serve = provider.callback()
createServer(async (request, response) => {
  if (request.url === '/healthz') return response.writeHead(200).end()
  if (request.url !== '/bench/seed') return serve(request, response)
  const tokens = []
  for (let index = 0; index < 128; index += 1) tokens.push(await seed(`user-${index}`))
  response.end(JSON.stringify(tokens))
}).listen(port, '127.0.0.1')
