import 'server-only'
import { checkCodeExchange, codeGrantEnded, codeWasUsed } from '@/lib/oauth/code-exchange'
import { parameterMissing } from '@/lib/oauth/errors'
import { hashSecret, newSecret } from '@/lib/oauth/secret'
import { heldScope } from '@/lib/oauth/step-up'
import { commit } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import {
  consumeCode,
  findCode,
  revokeAfterReplay,
  type StoredCode,
} from '@/lib/store/tokens/tokens'
import { addresses } from './addresses'
import type { ClientRequest } from './client-authentication'
import { issuedDetail, mintAccessToken, refreshTokenRow, tokenResponse } from './grant-tokens'

/**
 * Refuses a code that was used twice with the right verifier: the first user may be a thief, so the
 * grant is revoked (RFC 9700 §4.5).
 */
async function refuseReplay(code: StoredCode, exchange: Exchange): Promise<never> {
  await commit(exchange, (describe) =>
    revokeAfterReplay(code.grantId, 'code_replay', new Date(), (revoked) => [
      describe('code.replayed', { revoked }, 400),
      ...(revoked ? [describe('grant.revoked', { reason: { kind: 'code-replayed' } }, 400)] : []),
    ]),
  )
  throw codeWasUsed()
}

/** The `authorization_code` grant (RFC 6749 §4.1.3). */
export async function exchangeCode(request: ClientRequest): Promise<Response> {
  const { client, parameters, resources, exchange } = request
  if (parameters.code === undefined) throw parameterMissing('code')
  const now = new Date()
  const found = await findCode(hashSecret(parameters.code))
  if (found?.clientId === client.id) exchange.ids.grantId = found.grantId
  const own = addresses()
  const code = checkCodeExchange(found, client.id, parameters, resources, own, now)
  exchange.ids.userId = code.userId
  if (code.consumedAt) return refuseReplay(code, exchange)
  if (code.grantStatus !== 'active') throw codeGrantEnded()

  const scope = heldScope(code.scope, code.userRole)
  const access = await mintAccessToken({ ...code, scope, resource: own.mcpUrl }, now)
  const refreshToken = newSecret('prt_')
  const refresh = refreshTokenRow(refreshToken, code, now, null)
  const consumed = await commit(exchange, (describe) =>
    consumeCode(code.codeHash, now, { access: access.row, refresh }, [
      describe('token.issued', issuedDetail(access, refresh.id), 200),
    ]),
  )
  if (!consumed) {
    // a concurrent request consumed it after the lookup, or the grant ended meanwhile
    const again = await findCode(code.codeHash)
    if (again?.consumedAt) return refuseReplay(code, exchange)
    throw codeGrantEnded()
  }
  return tokenResponse(access, refreshToken)
}
