import 'server-only'
import { keyedHash } from '@/lib/config/secrets'
import { parameterMissing } from '@/lib/oauth/errors'
import {
  checkRefresh,
  checkRefreshScope,
  refreshGrantEnded,
  refreshOutcome,
  refreshTokenReused,
} from '@/lib/oauth/refresh'
import { hashSecret } from '@/lib/oauth/secret'
import { commit } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import {
  findRefreshToken,
  rotateRefreshToken,
  type StoredRefreshToken,
} from '@/lib/store/tokens/refresh'
import { addAccessToken, revokeAfterReplay } from '@/lib/store/tokens/tokens'
import { addresses } from './addresses'
import type { ClientRequest } from './client-authentication'
import {
  issuedDetail,
  type MintedAccess,
  mintAccessToken,
  refreshTokenRow,
  tokenResponse,
} from './grant-tokens'

/**
 * Derives the successor of a refresh token from the token and a key of ours, so that a concurrent
 * request, or a retry after a lost answer, gets the same successor although only its hash is stored.
 */
const successorOf = (raw: string): string => `prt_${keyedHash('refresh-token-rotation', raw)}`

/** Used again after the grace period: one of two holders is a thief, so both lose (OAuth 2.1 §4.3.1). */
async function refuseReuse(token: StoredRefreshToken, exchange: Exchange): Promise<never> {
  await commit(exchange, (describe) =>
    revokeAfterReplay(token.grantId, 'refresh_token_reuse', new Date(), (revoked) => [
      describe('token.reused', { refreshTokenId: token.id }, 400),
      ...(revoked
        ? [describe('grant.revoked', { reason: { kind: 'refresh-token-replayed' } }, 400)]
        : []),
    ]),
  )
  throw refreshTokenReused()
}

/** A consumed token within the grace period: another access token with the same successor. */
async function repeat(access: MintedAccess, successor: string, exchange: Exchange) {
  const next = await findRefreshToken(hashSecret(successor))
  if (!next || next.revokedAt) throw refreshGrantEnded()
  const added = await commit(exchange, (describe) =>
    addAccessToken(access.row, next.id, [
      describe('token.refreshed', { ...issuedDetail(access, next.id), grace: true }, 200),
    ]),
  )
  if (!added) throw refreshGrantEnded()
  return tokenResponse(access, successor)
}

/** The `refresh_token` grant (RFC 6749 §6). */
export async function exchangeRefreshToken(request: ClientRequest): Promise<Response> {
  const { client, parameters, resources, exchange } = request
  const raw = parameters.refresh_token
  if (raw === undefined) throw parameterMissing('refresh_token')
  const tokenHash = hashSecret(raw)
  const found = await findRefreshToken(tokenHash)
  if (found?.clientId === client.id) exchange.ids.grantId = found.grantId
  const now = new Date()
  const own = addresses()
  const token = checkRefresh(found, client.id, resources, own, now)
  exchange.ids.userId = token.userId
  if (refreshOutcome(token, now) === 'reused') return refuseReuse(token, exchange)
  const scope = checkRefreshScope(token.scope, parameters.scope, token.userRole)

  const access = await mintAccessToken({ ...token, scope, resource: own.mcpUrl }, now)
  const successor = successorOf(raw)
  if (refreshOutcome(token, now) === 'repeat') return repeat(access, successor, exchange)
  // the refresh token keeps the full scope: narrowing is for one access token only
  const refresh = refreshTokenRow(successor, token, now, token.id)
  const movedFrom = token.resource === own.mcpUrl ? undefined : token.resource
  const rotated = await commit(exchange, (describe) =>
    rotateRefreshToken(token.id, now, { access: access.row, refresh, movedFrom }, [
      describe('token.refreshed', { ...issuedDetail(access, refresh.id), movedFrom }, 200),
    ]),
  )
  if (rotated) return tokenResponse(access, successor)
  // another request consumed it first: both get the same successor
  return repeat(access, successor, exchange)
}
