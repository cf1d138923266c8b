import 'server-only'
import { requireOperator } from '@/lib/auth/session'
import { env } from '@/lib/env'
import { flushEvents } from '@/lib/events/recorder'
import { type RefreshHealth, refreshHealth } from '@/lib/handshake/refresh-health'
import { findGrant } from '@/lib/store/grants'
import { refreshEvents } from '@/lib/store/handshake-events'

/** A year of a connection that refreshes every hour would be more than anybody reads. */
const mostEvents = 500

/** How well the refresh tokens of a connection do, or `null` when there is no such connection. */
export async function connectionHealth(grantId: string): Promise<RefreshHealth | null> {
  await requireOperator('viewer', '/admin/connections')
  await flushEvents()
  const grant = await findGrant(grantId)
  if (!grant) return null
  const { refreshIdle, refreshMax } = env().lifetimes
  const terms = {
    grantedAt: grant.createdAt.getTime(),
    idleMs: refreshIdle * 1000,
    longestMs: refreshMax * 1000,
    revokedAt: grant.revokedAt?.getTime() ?? null,
  }
  return refreshHealth(await refreshEvents(grantId, mostEvents), terms, Date.now())
}
