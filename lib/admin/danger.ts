import 'server-only'
import { operatorExchange } from '@/lib/auth/exchange'
import { requireOperator } from '@/lib/auth/session'
import { describe } from '@/lib/events/exchange'
import { announce } from '@/lib/events/recorder'
import { revokeAllGrants } from '@/lib/store/revoke-all'
import type { Reach } from './settings-views'

/** Revokes every connection to this server. @returns whom it met; `null` when there was none */
export async function revokeEverything(): Promise<Reach | null> {
  const operator = await requireOperator('admin', '/admin/settings')
  const exchange = await operatorExchange(operator, '/admin/settings')
  const actor = { userId: operator.id, address: exchange.address }
  const one = describe(exchange, 'grant.revoked', undefined, {
    reason: { kind: 'revoked-by-person' },
  })
  const done = await revokeAllGrants(exchange.startedAt, actor, {
    all: (reach) => describe(exchange, 'grants.revoked', undefined, { ...reach }),
    one: ({ id, clientId }) => ({ ...one, grantId: id, clientId }),
  })
  if (!done) return null
  announce(exchange, [done.event])
  return done.reach
}
