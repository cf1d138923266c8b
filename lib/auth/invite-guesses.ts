import 'server-only'
import type { Exchange } from '@/lib/events/exchange'
import { consumePoint, secondsToWait } from '@/lib/store/rate-limits'

/** How many links that do not work, in how many seconds. */
const seconds = 15 * 60
const points = { address: 30, shared: 600 }

/** Behind a proxy that is not configured everybody has one address, or none. */
const budgetOf = ({ address, network }: Exchange): { key: string; points: number } =>
  address && network === 'public'
    ? { key: `invite:${address}`, points: points.address }
    : { key: 'invite:shared', points: points.shared }

/** Seconds to wait before another link may be tried from there; 0 when one may. */
export function inviteWait(exchange: Exchange): Promise<number> {
  const budget = budgetOf(exchange)
  return secondsToWait(budget.key, budget.points, seconds)
}

/** Counts a link that does not work. */
export async function countWrongInvite(exchange: Exchange): Promise<void> {
  const budget = budgetOf(exchange)
  await consumePoint(budget.key, budget.points, seconds)
}
