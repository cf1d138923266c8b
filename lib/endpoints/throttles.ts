import 'server-only'
import { crowdOf } from '@/lib/crowd'
import { budgetAddress } from '@/lib/http/budget-address'
import {
  type BudgetName,
  countAgainst,
  type Rate,
  refuseExhausted,
  ThrottledError,
} from '@/lib/http/throttle'
import { knownSoftware } from '@/lib/oauth/known-software'
import type { Exchange } from '@/lib/recorder/request'
import type { Client } from '@/lib/store/clients/clients'
import { knownClient } from '@/lib/store/clients/known'

/**
 * Budgets count against what whoever asks cannot choose. That is their address where it is a public
 * one. Hosted Claude calls for all its users from one network, which is its own. Elsewhere (behind a
 * proxy that is not configured, on loopback) everybody has one address: there all share one generous
 * budget, beside which what is known has a share of its own, so that strangers do not use it up.
 */
type Budget = { readonly key: string; readonly kind: 'address' | 'claude' | 'shared' }

function budgetOf({ address, network }: Exchange): Budget {
  const own = budgetAddress(address)
  if (own !== null) return { key: `address:${own}`, kind: 'address' }
  return network === 'anthropic'
    ? { key: 'claude', kind: 'claude' }
    : { key: 'shared', kind: 'shared' }
}

/** How many in a minute for one address, and how many times as much for the many who share a budget. */
const rates = {
  'too-many-registrations': { points: 60, sharedBy: 20 },
  'too-many-authorizations': { points: 120, sharedBy: 100 },
  'too-many-failed-token-requests': { points: 60, sharedBy: 200 },
} as const

const rateOf = (name: keyof typeof rates, kind: Budget['kind']): Rate => {
  const { points, sharedBy } = rates[name]
  return { points: kind === 'address' ? points : points * sharedBy, seconds: 60 }
}

/**
 * How many clients, and how many authorization requests without a person, are made in ten minutes where
 * all have one address: together what lib/endpoints/room.ts keeps, so that none is discarded before its
 * person had the time to come for it.
 */
const madeRates = {
  strangers: { points: 3000, seconds: 600 },
  known: { points: 400, seconds: 600 },
} as const satisfies Record<string, Rate>

/** A client by what a share of its own follows from; one that registers now has nothing but redirect URIs. */
type Asker = { readonly redirectUris: readonly string[] } & Partial<
  Pick<Client, 'id' | 'lastUsedAt' | 'approvedAt'>
>

/** The share of what is known where all have one address: of a client that somebody has allowed, or of its software. */
function shareOf({ id, redirectUris, lastUsedAt, approvedAt }: Asker): string | null {
  if (id && (lastUsedAt || approvedAt)) return `client:${id}`
  const software = knownSoftware(redirectUris)
  return software && `shared:${software}`
}

/** Counts against the share of what is known, and when that is used up against what all have in common. */
async function countMade(name: BudgetName, asker: Asker): Promise<void> {
  const share = shareOf(asker)
  try {
    if (share !== null) return await countAgainst(name, share, madeRates.known)
  } catch (error) {
    if (!(error instanceof ThrottledError)) throw error
  }
  await countAgainst(name, 'shared', madeRates.strangers)
}

/**
 * What something that anybody may make counts against when there is room to be made: see
 * lib/store/clients/room.ts. Where all share one address, what is known counts by itself.
 */
export function sourceOf(exchange: Exchange, asker: Asker): string {
  const crowd = crowdOf(exchange)
  const share = budgetOf(exchange).kind === 'shared' ? shareOf(asker) : null
  return share === null ? crowd : `${crowd} ${share}`
}

/**
 * Counts a registration.
 *
 * @param redirectUris tell known software, which has a share of its own where all have one address
 */
export function countRegistration(
  exchange: Exchange,
  redirectUris: readonly string[],
): Promise<void> {
  const { key, kind } = budgetOf(exchange)
  const name = 'too-many-registrations'
  if (kind === 'shared') return countMade(name, { redirectUris })
  return countAgainst(name, key, rateOf(name, kind))
}

/** Counts an authorization request that is kept until somebody signs in for it. */
export async function countInteraction(exchange: Exchange, client: Asker): Promise<void> {
  if (budgetOf(exchange).kind === 'shared') await countMade('too-many-open-authorizations', client)
}

/** The share of the client that a request names, where there is one. */
async function shareOfNamed({ ids, startedAt }: Exchange): Promise<string | null> {
  if (ids.clientId === undefined) return null
  const client = await knownClient(ids.clientId, startedAt.getTime())
  return client && shareOf(client)
}

/** Counts against the common budget, and where many share it and it is used up, against a share of what is known. */
async function countInShare(name: keyof typeof rates, exchange: Exchange): Promise<void> {
  const { key, kind } = budgetOf(exchange)
  try {
    await countAgainst(name, key, rateOf(name, kind))
  } catch (error) {
    if (kind === 'address' || !(error instanceof ThrottledError)) throw error
    const share = await shareOfNamed(exchange)
    if (share === null) throw error
    await countAgainst(name, share, rateOf(name, kind))
  }
}

/** Counts an authorization request, of a person where one is signed in. */
export async function countAuthorization(
  exchange: Exchange,
  userId: string | undefined,
): Promise<void> {
  const name = 'too-many-authorizations'
  if (userId) return countAgainst(name, `user:${userId}`, rateOf(name, 'address'))
  await countInShare(name, exchange)
}

const failureName = 'too-many-failed-token-requests'

/**
 * Refuses an address that failed too often of late, before its credentials are looked at. Where many
 * share one address they are always looked at: what others fail at must not keep anybody out.
 */
export async function refuseManyFailures(exchange: Exchange): Promise<void> {
  const { key, kind } = budgetOf(exchange)
  if (kind === 'address') await refuseExhausted(failureName, key, rateOf(failureName, kind))
}

/**
 * Counts a failed authentication, code or refresh token.
 *
 * @throws {ThrottledError} where many share one address and the budget of their failures is used up
 */
export async function countFailure(exchange: Exchange): Promise<void> {
  const counted = countInShare(failureName, exchange)
  // the request that exhausts the budget is answered for what it was; the next one waits
  await (budgetOf(exchange).kind === 'address' ? counted.catch(() => undefined) : counted)
}
