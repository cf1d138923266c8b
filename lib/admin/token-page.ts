import 'server-only'
import { operatorExchange } from '@/lib/auth/exchange'
import { requireOperator } from '@/lib/auth/session'
import { commit } from '@/lib/events/recorder'
import { findToken, revokeOneToken } from '@/lib/store/token-changes'
import { findListedToken, lineageOf } from '@/lib/store/token-lineage'
import type { TokenPage } from './record-views'
import { toTokenRow } from './tokens'

const path = '/admin/tokens'

/** How many refreshes before and after a token are shown. */
const reach = 12

/** One token and its lineage, or `null`. */
export async function readToken(id: string): Promise<TokenPage | null> {
  await requireOperator('viewer', path)
  const found = await findListedToken(id)
  if (!found) return null
  const { refreshTokenId, grantId } = found
  const toRow = toTokenRow(new Date())
  const lineage = refreshTokenId ? await lineageOf(refreshTokenId, grantId, reach) : []
  const generations = lineage.toReversed().map(({ refresh, access }) => {
    return { refresh: toRow(refresh), access: access.map(toRow) }
  })
  const here = lineage.findIndex(({ refresh }) => refresh.id === refreshTokenId)
  const isCut = Math.max(here, lineage.length - 1 - here) >= reach
  return { token: toRow(found), generations, isCut }
}

/**
 * Revokes one token; its connection goes on. An access token is refused by every instance from the
 * next request on; a refresh token is answered with `invalid_grant`, and its use is no replay.
 *
 * @returns of which kind it was and whose, or `null` when it could not be used any more
 */
export async function revokeToken(
  id: string,
): Promise<{ kind: 'access' | 'refresh'; clientName: string } | null> {
  const operator = await requireOperator('operator', path)
  const token = await findToken(id)
  if (!token) return null
  const exchange = await operatorExchange(operator, path)
  Object.assign(exchange.ids, { grantId: token.grantId, clientId: token.clientId })
  const detail = { kind: `${token.kind}_token`, tokenId: token.id, by: 'person' as const }
  const actor = { userId: operator.id, address: exchange.address }
  const revoked = await commit(exchange, (tell) =>
    revokeOneToken(token, exchange.startedAt, actor, [tell('token.revoked', detail)]),
  )
  return revoked ? token : null
}
