import 'server-only'
import { describe, type Exchange } from '@/lib/events/exchange'
import { announce } from '@/lib/events/recorder'
import { json, noStore } from '@/lib/http/responses'
import { parameterMissing } from '@/lib/oauth/errors'
import type { Parameters } from '@/lib/oauth/parameters'
import {
  checkRefresh,
  checkRefreshScope,
  refreshGrantEnded,
  refreshOutcome,
  refreshTokenReused,
} from '@/lib/oauth/refresh'
import { hashSecret } from '@/lib/oauth/secret'
import { keyedHash } from '@/lib/secrets'
import type { Client } from '@/lib/store/clients'
import {
  findRefreshToken,
  rotateRefreshToken,
  type StoredRefreshToken,
} from '@/lib/store/refresh-tokens'
import { addAccessToken, revokeAfterReplay } from '@/lib/store/tokens'
import { addresses } from './addresses'
import {
  accessLifetime,
  type MintedAccess,
  mintAccessToken,
  refreshTokenRow,
  tokenResponse,
} from './grant-tokens'

/**
 * The successor of a refresh token follows from the token and a key of ours. So a request that
 * races another, or repeats one whose answer was lost, is given the same successor although only
 * its hash was stored.
 */
const successorOf = (raw: string): string => `prt_${keyedHash('refresh-token-rotation', raw)}`

/** Seen again after the grace window: one of two holders is a thief, so both lose (OAuth 2.1 §4.3.1). */
async function refuseReuse(token: StoredRefreshToken, exchange: Exchange): Promise<never> {
  const events = (revoked: boolean) => [
    describe(exchange, 'token.reused', 400, { refreshTokenId: token.id }),
    ...(revoked
      ? [describe(exchange, 'grant.revoked', 400, { reason: { kind: 'refresh-token-replayed' } })]
      : []),
  ]
  announce(
    exchange,
    await revokeAfterReplay(token.grantId, 'refresh_token_reuse', new Date(), events),
  )
  throw refreshTokenReused()
}

const refreshed = (
  exchange: Exchange,
  access: MintedAccess,
  refreshTokenId: string,
  { grace, movedFrom }: { readonly grace: boolean; readonly movedFrom?: string | undefined },
) =>
  describe(exchange, 'token.refreshed', 200, {
    scope: access.row.scope,
    tokenId: access.row.id,
    refreshTokenId,
    expiresIn: accessLifetime(),
    ...(grace ? { grace } : {}),
    movedFrom,
  })

/** A consumed token inside the grace window: another access token beside the same successor. */
async function repeat(
  access: MintedAccess,
  successor: string,
  exchange: Exchange,
): Promise<Response> {
  const next = await findRefreshToken(hashSecret(successor))
  if (!next || next.revokedAt) throw refreshGrantEnded()
  const events = [refreshed(exchange, access, next.id, { grace: true })]
  if (!(await addAccessToken(access.row, next.id, events))) throw refreshGrantEnded()
  announce(exchange, events)
  return json(tokenResponse(access, successor), 200, noStore)
}

/** The `refresh_token` grant (RFC 6749 §6). */
export async function exchangeRefreshToken(
  { id: clientId }: Client,
  parameters: Parameters,
  resources: readonly string[],
  exchange: Exchange,
): Promise<Response> {
  const raw = parameters.refresh_token
  if (raw === undefined) throw parameterMissing('refresh_token')
  const tokenHash = hashSecret(raw)
  const found = await findRefreshToken(tokenHash)
  if (found?.clientId === clientId) exchange.ids.grantId = found.grantId
  const now = new Date()
  const own = addresses()
  const token = checkRefresh(found, clientId, resources, own, now)
  exchange.ids.userId = token.userId
  if (refreshOutcome(token, now) === 'reused') return refuseReuse(token, exchange)
  const scope = checkRefreshScope(token.scope, parameters.scope, token.userRole)

  const access = await mintAccessToken({ ...token, scope, resource: own.mcpUrl }, now)
  const successor = successorOf(raw)
  if (refreshOutcome(token, now) === 'repeat') return repeat(access, successor, exchange)
  // the refresh token keeps the full scope: narrowing is for one access token only
  const refresh = refreshTokenRow(successor, token, now, token.id)
  const movedFrom = token.resource === own.mcpUrl ? undefined : token.resource
  const events = [refreshed(exchange, access, refresh.id, { grace: false, movedFrom })]
  if (await rotateRefreshToken(token.id, now, { access: access.row, refresh, movedFrom }, events)) {
    announce(exchange, events)
    return json(tokenResponse(access, successor), 200, noStore)
  }
  // another request consumed it first: the same successor for both
  return repeat(access, successor, exchange)
}
