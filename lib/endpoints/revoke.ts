import 'server-only'
import { isBodyProblem } from '@/lib/http/body'
import { noStore } from '@/lib/http/responses'
import { verifyAccessToken } from '@/lib/oauth/access-token'
import { OAuthError, parameterMissing, unreadableForm } from '@/lib/oauth/errors'
import { readParameters } from '@/lib/oauth/parameters'
import { hashSecret } from '@/lib/oauth/secret'
import { commit, record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import { revokeGrant } from '@/lib/store/grants/grants'
import { findRefreshToken } from '@/lib/store/tokens/refresh'
import { findAccessToken, revokeAccessToken } from '@/lib/store/tokens/tokens'
import { acceptedNames } from './addresses'
import { formOf } from './body'
import { authenticatedClient } from './client-authentication'
import { endpoint, type Handler } from './endpoint'
import { keysToVerify } from './signing-keys'

/** RFC 7009 §2.1: a refresh token takes its grant and every access token with it. */
async function revokeRefresh(raw: string, clientId: string, exchange: Exchange): Promise<boolean> {
  const token = await findRefreshToken(hashSecret(raw))
  if (!token) return false
  refuseForeign(token.clientId, clientId)
  exchange.ids.grantId = token.grantId
  return commit(exchange, (tell) =>
    revokeGrant(token.grantId, 'client', new Date(), [
      tell('token.revoked', { kind: 'refresh_token', tokenId: token.id }, 200),
      tell('grant.revoked', { reason: { kind: 'revoked-by-client' } }, 200),
    ]),
  )
}

async function revokeAccess(raw: string, clientId: string, exchange: Exchange): Promise<boolean> {
  const publicKeys = await keysToVerify(raw)
  const claims = await verifyAccessToken(raw, publicKeys, acceptedNames(), new Date())
  if (typeof claims === 'string') return false
  const token = await findAccessToken(claims.jti)
  if (!token || token.revokedAt) return false
  refuseForeign(token.clientId, clientId)
  exchange.ids.grantId = token.grantId
  const revoked = { kind: 'access_token', tokenId: token.id }
  await commit(exchange, (tell) =>
    revokeAccessToken(token, new Date(), [tell('token.revoked', revoked, 200)]),
  )
  return true
}

function refuseForeign(owner: string, clientId: string): void {
  if (owner !== clientId) {
    throw new OAuthError('invalid_grant', { kind: 'token-of-another-client' })
  }
}

const revokeToken: Handler = async (request, exchange) => {
  const form = await formOf(request)
  if (isBodyProblem(form)) throw unreadableForm(form)
  const parameters = readParameters(form)
  const client = await authenticatedClient(request, parameters, exchange)
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
export const revoke = endpoint('revoke', {
  cors: true,
  methods: { POST: revokeToken },
  refused: (error, exchange) =>
    record(exchange, 'revocation.refused', error.status, {
      error: error.code,
      description: error.description,
      reason: error.reason,
    }),
})
