import 'server-only'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { processWide } from '@/lib/process-wide'
import type { PlainReasonKind } from '@/lib/reasons'

/** How many, per how many seconds. */
export type Rate = { readonly points: number; readonly seconds: number }

/** What is counted; also the reason of the refusal. */
export type BudgetName = Extract<PlainReasonKind, `too-many-${string}`>

/** Thrown when a budget is used up; answered as 429 with `Retry-After` (RFC 6585 §4). */
export class ThrottledError extends Error {
  override name = 'ThrottledError'
  constructor(
    readonly budget: BudgetName,
    /** seconds */
    readonly retryAfter: number,
  ) {
    super(`${budget}: wait ${retryAfter} s`)
  }
}

type Budget = { readonly limiter: RateLimiterMemory; readonly keys: Set<string> }

const budgets = processWide('throttles', () => new Map<string, Budget>())

/**
 * Keys counted per budget. A sender with more addresses than this gains nothing that the addresses
 * did not give it anyway, and costs no more memory.
 */
export const mostKeys = 10_000

function budget(name: BudgetName, { points, seconds }: Rate): Budget {
  // one name may have several rates: the first caller's must not apply to all
  const id = `${name} ${points}/${seconds}`
  let found = budgets.get(id)
  if (!found) {
    const limiter = new RateLimiterMemory({ points, duration: seconds, keyPrefix: id })
    found = { limiter, keys: new Set() }
    budgets.set(id, found)
  }
  return found
}

/** Forgets the key that was counted longest ago when there are too many. */
async function remember({ limiter, keys }: Budget, key: string): Promise<void> {
  keys.delete(key)
  keys.add(key)
  if (keys.size <= mostKeys) return
  const [oldest = key] = keys
  keys.delete(oldest)
  await limiter.delete(oldest)
}

/**
 * Counts one against a key, on this instance.
 *
 * @param name of the budget, also the reason of the refusal
 * @param key something the sender cannot choose: see lib/http/address.ts
 * @throws {ThrottledError} when the budget is used up
 */
export async function countAgainst(name: BudgetName, key: string, rate: Rate): Promise<void> {
  const counted = budget(name, rate)
  await remember(counted, key)
  try {
    await counted.limiter.consume(key)
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    throw new ThrottledError(name, Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)))
  }
}

/** Throws like {@link countAgainst}, without counting. */
export async function refuseExhausted(name: BudgetName, key: string, rate: Rate): Promise<void> {
  const used = await budget(name, rate).limiter.get(key)
  if (used && used.consumedPoints >= rate.points) {
    throw new ThrottledError(name, Math.max(1, Math.ceil(used.msBeforeNext / 1000)))
  }
}
