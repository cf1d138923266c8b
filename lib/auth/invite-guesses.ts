import 'server-only'
import { budgetAddress } from '@/lib/http/address'
import type { Exchange } from '@/lib/recorder/request'
import { consumePoint, secondsToWait } from '@/lib/store/rate-limits'
import { budgetKey } from './budget-key'

/** How many invalid links are allowed, in how many seconds. */
const seconds = 15 * 60
const points = 30

/**
 * Nobody can guess 256 bits: the budget only limits log entries. So nothing is counted for an address
 * that many people share, and a stranger there cannot block someone's link.
 */
function keyOf({ address }: Exchange): string | null {
  const network = budgetAddress(address)
  return network && budgetKey('invite', network)
}

/** Seconds to wait before another link may be tried from this address; 0 when one may. */
export async function inviteWait(exchange: Exchange): Promise<number> {
  const key = keyOf(exchange)
  return key ? secondsToWait(key, points, seconds) : 0
}

/** Counts an invalid link. */
export async function countWrongInvite(exchange: Exchange): Promise<void> {
  const key = keyOf(exchange)
  if (key) await consumePoint(key, points, seconds)
}
