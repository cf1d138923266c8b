import 'server-only'
import { noStore } from '@/lib/http/responses'
import { OAuthError, parameterMissing, refusalDetail } from '@/lib/oauth/errors'
import { hashSecret } from '@/lib/oauth/secret'
import { commit, record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import { revokeGrant } from '@/lib/store/grants/grants'
import { findRefreshToken } from '@/lib/store/tokens/refresh'
import { findAccessToken, revokeAccessToken } from '@/lib/store/tokens/tokens'
import { type ClientRequest, clientEndpoint } from './client-authentication'
import { verifiedClaims } from './signing-keys'

/** RFC 7009 §2.1: a refresh token takes its grant and every access token with it. */
async function revokeRefresh(raw: string, clientId: string, exchange: Exchange): Promise<boolean> {
  const token = await findRefreshToken(hashSecret(raw))
  if (!token) return false
  refuseForeign(token.clientId, clientId)
  exchange.ids.grantId = token.grantId
  return commit(exchange, (describe) =>
    revokeGrant(token.grantId, 'client', new Date(), [
      describe('token.revoked', { kind: 'refresh_token', tokenId: token.id }, 200),
      describe('grant.revoked', { reason: { kind: 'revoked-by-client' } }, 200),
    ]),
  )
}

async function revokeAccess(raw: string, clientId: string, exchange: Exchange): Promise<boolean> {
  const claims = await verifiedClaims(raw, new Date())
  if (typeof claims === 'string') return false
  const token = await findAccessToken(claims.jti)
  if (!token || token.revokedAt) return false
  refuseForeign(token.clientId, clientId)
  exchange.ids.grantId = token.grantId
  const revoked = { kind: 'access_token', tokenId: token.id }
  await commit(exchange, (describe) =>
    revokeAccessToken(token, new Date(), [describe('token.revoked', revoked, 200)]),
  )
  return true
}

function refuseForeign(owner: string, clientId: string): void {
  if (owner !== clientId) {
    throw new OAuthError('invalid_grant', { kind: 'token-of-another-client' })
  }
}

async function revokeToken({ client, parameters, exchange }: ClientRequest): Promise<Response> {
  const { token } = parameters
  if (token === undefined) throw parameterMissing('token')
  // `token_type_hint` may be wrong (§2.1), and the two kinds cannot be confused, so it is not read
  const revoked =
    (await revokeRefresh(token, client.id, exchange)) ||
    (await revokeAccess(token, client.id, exchange))
  // §2.2: an invalid token is no error, since the client has what it wants
  if (!revoked) record(exchange, 'revocation.ignored', 200, { reason: { kind: 'no-live-token' } })
  return new Response(null, { status: 200, headers: noStore })
}

/** Token revocation (RFC 7009). */
export const revoke = clientEndpoint('revoke', revokeToken, (error, exchange) =>
  record(exchange, 'revocation.refused', error.status, refusalDetail(error)),
)
