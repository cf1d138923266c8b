import 'server-only'
import { operatorExchange } from '@/lib/auth/exchange'
import { requireOperator } from '@/lib/auth/session'
import { commit } from '@/lib/events/recorder'
import { type Reach, revokeAllGrants } from '@/lib/store/revoke-all'

/** Revokes every connection to this server. @returns whom it met; `null` when there was none */
export async function revokeEverything(): Promise<Reach | null> {
  const operator = await requireOperator('admin', '/admin/settings')
  const exchange = await operatorExchange(operator, '/admin/settings')
  const actor = { userId: operator.id, address: exchange.address }
  return commit(exchange, (tell) => {
    const one = tell('grant.revoked', { reason: { kind: 'revoked-by-person' } })
    return revokeAllGrants(exchange.startedAt, actor, {
      all: (reach) => tell('grants.revoked', { ...reach }),
      one: ({ id, clientId }) => ({ ...one, grantId: id, clientId }),
    })
  })
}
