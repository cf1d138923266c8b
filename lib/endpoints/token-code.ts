import 'server-only'
import { describe, type Exchange } from '@/lib/events/exchange'
import { announce } from '@/lib/events/recorder'
import { json, noStore } from '@/lib/http/responses'
import { checkCodeExchange, codeGrantEnded, codeWasUsed } from '@/lib/oauth/code-exchange'
import { parameterMissing } from '@/lib/oauth/errors'
import type { Parameters } from '@/lib/oauth/parameters'
import { hashSecret, newSecret } from '@/lib/oauth/secret'
import { heldScope } from '@/lib/oauth/step-up'
import type { Client } from '@/lib/store/clients'
import { consumeCode, findCode, revokeAfterReplay, type StoredCode } from '@/lib/store/tokens'
import { addresses } from './addresses'
import { accessLifetime, mintAccessToken, refreshTokenRow, tokenResponse } from './grant-tokens'

/**
 * A code seen twice, with the right verifier: whoever came first may be a thief, so everything it
 * led to ends (RFC 9700 §4.5).
 */
async function refuseReplay(code: StoredCode, exchange: Exchange): Promise<never> {
  const events = (revoked: boolean) => [
    describe(exchange, 'code.replayed', 400, { revoked }),
    ...(revoked
      ? [describe(exchange, 'grant.revoked', 400, { reason: { kind: 'code-replayed' } })]
      : []),
  ]
  announce(exchange, await revokeAfterReplay(code.grantId, 'code_replay', new Date(), events))
  throw codeWasUsed()
}

/** The `authorization_code` grant (RFC 6749 §4.1.3). */
export async function exchangeCode(
  { id: clientId }: Client,
  parameters: Parameters,
  resources: readonly string[],
  exchange: Exchange,
): Promise<Response> {
  if (parameters.code === undefined) throw parameterMissing('code')
  const now = new Date()
  const found = await findCode(hashSecret(parameters.code))
  if (found?.clientId === clientId) exchange.ids.grantId = found.grantId
  const own = addresses()
  const code = checkCodeExchange(found, clientId, parameters, resources, own, now)
  exchange.ids.userId = code.userId
  if (code.consumedAt) return refuseReplay(code, exchange)
  if (code.grantStatus !== 'active') throw codeGrantEnded()

  const scope = heldScope(code.scope, code.userRole)
  const access = await mintAccessToken({ ...code, scope, resource: own.mcpUrl }, now)
  const refreshToken = newSecret('prt_')
  const refresh = refreshTokenRow(refreshToken, code, now, null)
  const events = [
    describe(exchange, 'token.issued', 200, {
      scope,
      tokenId: access.row.id,
      refreshTokenId: refresh.id,
      expiresIn: accessLifetime(),
    }),
  ]
  const consumed = await consumeCode(code.codeHash, now, { access: access.row, refresh }, events)
  if (!consumed) {
    // somebody else consumed it between the look and the take, or the grant ended meanwhile
    const again = await findCode(code.codeHash)
    if (again?.consumedAt) return refuseReplay(code, exchange)
    throw codeGrantEnded()
  }
  announce(exchange, events)
  return json(tokenResponse(access, refreshToken), 200, noStore)
}
