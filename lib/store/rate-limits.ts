import 'server-only'
import { RateLimiterPrisma, RateLimiterRes } from 'rate-limiter-flexible'
import { prisma } from './database/database'

const limiters = new Map<string, RateLimiterPrisma>()

async function limiter(points: number, seconds: number): Promise<RateLimiterPrisma> {
  const key = `${points}/${seconds}`
  let found = limiters.get(key)
  if (!found) {
    const storeClient = await prisma()
    found = new RateLimiterPrisma({ storeClient, points, duration: seconds, keyPrefix: '' })
    limiters.set(key, found)
  }
  return found
}

const secondsLeft = ({ msBeforeNext }: RateLimiterRes): number =>
  Math.max(1, Math.ceil(msBeforeNext / 1000))

/**
 * Takes one of the `points` that a key has per `seconds`; all instances share the count.
 *
 * @returns 0, or how many seconds to wait when none is left
 */
export async function consumePoint(key: string, points: number, seconds: number): Promise<number> {
  try {
    await (await limiter(points, seconds)).consume(key)
    return 0
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return secondsLeft(refusal)
    throw refusal
  }
}

/** How many seconds a key has to wait, as {@link consumePoint} would return, without taking a point. */
export async function secondsToWait(key: string, points: number, seconds: number): Promise<number> {
  const used = await (await limiter(points, seconds)).get(key)
  return used && used.consumedPoints >= points ? secondsLeft(used) : 0
}

/** Resets a key. */
export async function forgetPoints(key: string): Promise<void> {
  await (await prisma()).rateLimiterFlexible.deleteMany({ where: { key } })
}

/** Returns a point to a key. */
export async function returnPoint(key: string, points: number, seconds: number): Promise<void> {
  await (await limiter(points, seconds)).reward(key)
}
