import { importJWK, jwtVerify } from 'jose'

/** What the contestants have in common; `BENCH_KEYS` comes from the run. */

export const issuer = 'https://as.bench.invalid'
export const audience = 'https://mcp.bench.invalid/mcp'
export const scope = 'mcp'
export const port = Number(process.env.PORT)

const { publicJwk, privateJwk } = JSON.parse(process.env.BENCH_KEYS ?? '{}')

export { privateJwk }

const expected = {
  issuer,
  audience,
  typ: 'at+jwt',
  algorithms: ['ES256'],
  requiredClaims: ['sub', 'client_id', 'jti', 'iat', 'exp'],
}
let key

/** Verifies an access token as a resource server does that keeps no results. */
export async function verifyToken(token) {
  if (!token) return undefined
  try {
    key ??= await importJWK(publicJwk, 'ES256')
    const { payload } = await jwtVerify(token, key, expected)
    const scopes = String(payload.scope ?? '').split(' ')
    if (!scopes.includes(scope)) return undefined
    return { token, clientId: payload.client_id, scopes, expiresAt: payload.exp }
  } catch {
    return undefined
  }
}

/** The token in an Authorization header. */
export const bearerOf = (header) => (header?.startsWith('Bearer ') ? header.slice(7) : undefined)
