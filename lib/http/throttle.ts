import 'server-only'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { processWide } from '@/lib/process-wide'

/** How many, in how many seconds. */
export type Rate = { readonly points: number; readonly seconds: number }

/** Thrown when somebody must wait; answered as 429 with `Retry-After` (RFC 6585 §4). */
export class ThrottledError extends Error {
  override name = 'ThrottledError'
  constructor(
    readonly reason: string,
    /** seconds */
    readonly retryAfter: number,
  ) {
    super(`${reason}: wait ${retryAfter} s`)
  }
}

const limiters = processWide('throttles', () => new Map<string, RateLimiterMemory>())

function limiter(name: string, { points, seconds }: Rate): RateLimiterMemory {
  // one name may have several rates, and whoever asks first must not set it for all
  const id = `${name} ${points}/${seconds}`
  let found = limiters.get(id)
  if (!found) {
    found = new RateLimiterMemory({ points, duration: seconds, keyPrefix: id })
    limiters.set(id, found)
  }
  return found
}

/**
 * Counts one against a key, on this instance.
 *
 * @param name of the budget, which is also the reason that is told
 * @throws {ThrottledError} when none is left
 */
export async function countAgainst(name: string, key: string, rate: Rate): Promise<void> {
  try {
    await limiter(name, rate).consume(key)
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    throw new ThrottledError(name, Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)))
  }
}

/** Throws as {@link countAgainst} would, without counting. */
export async function refuseExhausted(name: string, key: string, rate: Rate): Promise<void> {
  const used = await limiter(name, rate).get(key)
  if (used && used.consumedPoints >= rate.points) {
    throw new ThrottledError(name, Math.max(1, Math.ceil(used.msBeforeNext / 1000)))
  }
}
