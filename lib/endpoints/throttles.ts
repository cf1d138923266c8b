import 'server-only'
import type { Exchange } from '@/lib/events/exchange'
import { countAgainst, type Rate, refuseExhausted } from '@/lib/http/throttle'

/**
 * An address says who somebody is only when it is public and not shared by many: hosted Claude calls
 * for all its users from one network, and behind a proxy that is not configured everybody has the
 * proxy's address. There, what is asked for is counted instead, far more generously.
 */
const keyOf = ({ network, address }: Exchange, shared: string): { key: string; factor: number } =>
  network === 'public' && address
    ? { key: `address:${address}`, factor: 1 }
    : { key: shared, factor: 20 }

const rates = {
  registrations: { points: 60, seconds: 60 },
  authorizations: { points: 120, seconds: 60 },
  'failed token requests': { points: 60, seconds: 60 },
} as const satisfies Record<string, Rate>

const scaled = ({ points, seconds }: Rate, factor: number): Rate => ({
  points: points * factor,
  seconds,
})

/** Counts a registration. @param redirectHost stands for the software behind a shared address */
export function countRegistration(exchange: Exchange, redirectHost: string): Promise<void> {
  const { key, factor } = keyOf(exchange, `redirect:${redirectHost}`)
  return countAgainst('registrations', key, scaled(rates.registrations, factor))
}

/** Counts an authorization request, of a person where one is signed in. */
export function countAuthorization(exchange: Exchange, userId: string | undefined): Promise<void> {
  const { key, factor } = userId
    ? { key: `user:${userId}`, factor: 1 }
    : keyOf(exchange, `client:${exchange.ids.clientId}`)
  return countAgainst('authorizations', key, scaled(rates.authorizations, factor))
}

const failureName = 'failed token requests'

/** Refuses a client that failed too often of late, before its credentials are looked at. */
export function refuseManyFailures(exchange: Exchange): Promise<void> {
  const { key, factor } = keyOf(exchange, `client:${exchange.ids.clientId}`)
  return refuseExhausted(failureName, key, scaled(rates[failureName], factor))
}

/** Counts a failed authentication, code or refresh token. */
export async function countFailure(exchange: Exchange): Promise<void> {
  const { key, factor } = keyOf(exchange, `client:${exchange.ids.clientId}`)
  // the request that exhausts the budget is answered for what it was; the next one waits
  await countAgainst(failureName, key, scaled(rates[failureName], factor)).catch(() => undefined)
}
