import 'server-only'
import { env } from '@/lib/config/env'
import { isBodyProblem } from '@/lib/http/body'
import { json, noStore } from '@/lib/http/responses'
import { verifyAccessToken } from '@/lib/oauth/access-token'
import { OAuthError, parameterMissing, unreadableForm } from '@/lib/oauth/errors'
import { readParameters } from '@/lib/oauth/parameters'
import { hashSecret } from '@/lib/oauth/secret'
import { heldScope } from '@/lib/oauth/step-up'
import { record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import { findRefreshToken } from '@/lib/store/tokens/refresh'
import { tokenState } from '@/lib/store/tokens/state'
import { acceptedNames } from './addresses'
import { formOf } from './body'
import { authenticatedClient } from './client-authentication'
import { endpoint, type Handler } from './endpoint'
import { keysToVerify } from './signing-keys'

/** RFC 7662 §2.2: the whole answer for anything but an active token of the caller's own. */
const inactive = { active: false } as const

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000)

async function accessToken(raw: string, clientId: string, now: Date) {
  const publicKeys = await keysToVerify(raw)
  const claims = await verifyAccessToken(raw, publicKeys, acceptedNames(), now)
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
    iat: seconds(token.issuedAt),
    exp: seconds(token.expiresAt),
  }
}

const introspectToken: Handler = async (request, exchange: Exchange) => {
  const form = await formOf(request)
  if (isBodyProblem(form)) throw unreadableForm(form)
  const parameters = readParameters(form)
  const client = await authenticatedClient(request, parameters, exchange)
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
export const introspect = endpoint('introspect', {
  cors: true,
  methods: { POST: introspectToken },
  refused: (error, exchange) =>
    record(exchange, 'introspection.refused', error.status, {
      error: error.code,
      description: error.description,
      reason: error.reason,
    }),
})
