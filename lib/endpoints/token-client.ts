import 'server-only'
import { OAuthError } from '@/lib/oauth/errors'
import { resolveResource } from '@/lib/oauth/resource'
import { grantableScope, joinScope, resourceScopes } from '@/lib/oauth/scope'
import { newId } from '@/lib/oauth/secret'
import { commit } from '@/lib/recorder/recorder'
import { standingGrant } from '@/lib/store/grants/grants'
import { addAccessToken } from '@/lib/store/tokens/tokens'
import { addresses } from './addresses'
import type { ClientRequest } from './client-authentication'
import { issuedDetail, mintAccessToken, tokenResponse } from './grant-tokens'

/**
 * The `client_credentials` grant (RFC 6749 §4.4): for confidential clients that an admin created, in
 * that admin's name. All its tokens belong to one grant, which can be paused and revoked like any other.
 */
export async function issueClientToken(request: ClientRequest): Promise<Response> {
  const { client, parameters, resources, exchange } = request
  // OAuth 2.1 §4.2: confidential clients only
  if (client.authMethod === 'none' || !client.createdById) {
    throw new OAuthError('unauthorized_client', { kind: 'grant-type-needs-secret' })
  }
  const now = new Date()
  const resource = resolveResource(resources, addresses())
  // only the baseline scopes: there is no person to stay connected for or to consent to more
  const scope = joinScope(
    grantableScope(parameters.scope).filter((name) => resourceScopes.includes(name)),
  )
  const grant = await standingGrant({
    id: newId('grant_'),
    clientId: client.id,
    userId: client.createdById,
    scope,
    resource,
    createdAt: now,
  })
  exchange.ids.grantId = grant.id
  exchange.ids.userId = grant.userId
  if (grant.status === 'paused') {
    throw new OAuthError('invalid_grant', { kind: 'grant-paused' })
  }
  const subject = { ...grant, grantId: grant.id, scope, resource }
  const access = await mintAccessToken(subject, now, client.id)
  const added = await commit(exchange, (describe) =>
    addAccessToken(access.row, null, [describe('token.issued', issuedDetail(access), 200)]),
  )
  if (!added) throw new OAuthError('invalid_grant', { kind: 'grant-revoked' })
  // RFC 6749 §4.4.3: no refresh token, since the client can ask again
  return tokenResponse(access)
}
