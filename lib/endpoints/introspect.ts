import 'server-only'
import { env } from '@/lib/config/env'
import { json, noStore } from '@/lib/http/responses'
import { OAuthError, parameterMissing, refusalDetail } from '@/lib/oauth/errors'
import { secondsOf } from '@/lib/oauth/lifetimes'
import { hashSecret } from '@/lib/oauth/secret'
import { heldScope } from '@/lib/oauth/step-up'
import { record } from '@/lib/recorder/recorder'
import { findRefreshToken } from '@/lib/store/tokens/refresh'
import { tokenState } from '@/lib/store/tokens/state'
import { acceptedNames } from './addresses'
import { type ClientRequest, clientEndpoint } from './client-authentication'
import { verifiedClaims } from './signing-keys'

/** RFC 7662 §2.2: the whole answer for anything but an active token of the caller's own. */
const inactive = { active: false } as const

async function accessToken(raw: string, clientId: string, now: Date) {
  const claims = await verifiedClaims(raw, now)
  if (typeof claims === 'string' || claims.client_id !== clientId) return null
  const state = await tokenState(claims.jti, now.getTime())
  if (!state?.live) return null
  const { grant_id: _, ...claimed } = claims
  const scope = heldScope(claimed.scope, state.role)
  return { active: true, token_type: 'Bearer', ...claimed, scope }
}

async function refreshToken(raw: string, clientId: string, now: Date) {
  const token = await findRefreshToken(hashSecret(raw))
  if (!token || token.clientId !== clientId || token.grantStatus !== 'active') return null
  if (!acceptedNames().audience.includes(token.resource)) return null
  if (token.revokedAt || token.consumedAt || token.userDisabled || token.expiresAt <= now)
    return null
  return {
    active: true,
    iss: env().origin,
    sub: token.userId,
    client_id: token.clientId,
    scope: heldScope(token.scope, token.userRole),
    iat: secondsOf(token.issuedAt),
    exp: secondsOf(token.expiresAt),
  }
}

async function introspectToken({ client, parameters, exchange }: ClientRequest) {
  // RFC 7662 §2.1: without authentication anyone could probe for tokens
  if (client.authMethod === 'none') {
    throw new OAuthError('invalid_client', { kind: 'client-public' }, { wire: 'client' })
  }
  const { token } = parameters
  if (token === undefined) throw parameterMissing('token')
  const now = exchange.startedAt
  const found =
    (await refreshToken(token, client.id, now)) ?? (await accessToken(token, client.id, now))
  record(exchange, 'token.introspected', 200, { active: found !== null })
  return json(found ?? inactive, 200, noStore)
}

/** Token introspection (RFC 7662). */
export const introspect = clientEndpoint('introspect', introspectToken, (error, exchange) =>
  record(exchange, 'introspection.refused', error.status, refusalDetail(error)),
)
