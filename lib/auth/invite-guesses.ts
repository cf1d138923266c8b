import 'server-only'
import { budgetAddress } from '@/lib/http/budget-address'
import type { Exchange } from '@/lib/recorder/request'
import { consumePoint, secondsToWait } from '@/lib/store/rate-limits'
import { budgetKey } from './budget-key'

/** How many links that do not work, in how many seconds. */
const seconds = 15 * 60
const points = 30

/**
 * Nobody guesses 256 bits: the budget only spares the log. So nothing is counted where an address
 * says nothing of who somebody is, and no stranger there keeps a link from whom it was made for.
 */
function keyOf({ address }: Exchange): string | null {
  const whose = budgetAddress(address)
  return whose && budgetKey('invite', whose)
}

/** Seconds to wait before another link may be tried from there; 0 when one may. */
export async function inviteWait(exchange: Exchange): Promise<number> {
  const key = keyOf(exchange)
  return key ? secondsToWait(key, points, seconds) : 0
}

/** Counts a link that does not work. */
export async function countWrongInvite(exchange: Exchange): Promise<void> {
  const key = keyOf(exchange)
  if (key) await consumePoint(key, points, seconds)
}
