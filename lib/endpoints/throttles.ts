import 'server-only'
import { crowdOf } from '@/lib/crowd'
import { budgetAddress } from '@/lib/http/address'
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
 * Budgets count against something the sender cannot choose: a public address, or Anthropic's network
 * for hosted Claude, which calls from there for all its users. Elsewhere (behind a proxy that is not
 * configured, on loopback) all senders have one address and share one generous budget; known clients
 * have their own, which strangers cannot use up.
 */
type Budget = { readonly key: string; readonly kind: 'address' | 'claude' | 'shared' }

function budgetOf({ address, network }: Exchange): Budget {
  const own = budgetAddress(address)
  if (own !== null) return { key: `address:${own}`, kind: 'address' }
  return network === 'anthropic'
    ? { key: 'claude', kind: 'claude' }
    : { key: 'shared', kind: 'shared' }
}

/** Requests per minute for one address, and the factor for a shared budget. */
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
 * Limits, in ten minutes, of new clients and of authorization requests without a person where all
 * senders have one address. Together they equal what lib/endpoints/room.ts keeps, so that none is
 * deleted before its person had time to use it.
 */
const madeRates = {
  strangers: { points: 3000, seconds: 600 },
  known: { points: 400, seconds: 600 },
} as const satisfies Record<string, Rate>

/** The parts of a client that decide its budget; a new one has only redirect URIs. */
type Asker = { readonly redirectUris: readonly string[] } & Partial<
  Pick<Client, 'id' | 'lastUsedAt' | 'approvedAt'>
>

/** A known client's own budget where all have one address: of a client someone allowed, or of its software. */
function shareOf({ id, redirectUris, lastUsedAt, approvedAt }: Asker): string | null {
  if (id && (lastUsedAt || approvedAt)) return `client:${id}`
  const software = knownSoftware(redirectUris)
  return software && `shared:${software}`
}

/** Counts against the known client's budget, and once that is used up against the shared one. */
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
 * The source that something anyone may create counts against when old ones are deleted: see
 * lib/store/clients/room.ts. Where all senders share one address, known clients count separately.
 */
export function crowdSource(exchange: Exchange, asker: Asker): string {
  const crowd = crowdOf(exchange)
  const share = budgetOf(exchange).kind === 'shared' ? shareOf(asker) : null
  return share === null ? crowd : `${crowd} ${share}`
}

/**
 * Counts a registration.
 *
 * @param redirectUris identify known software, which has its own budget where all have one address
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

/** Counts an authorization request that is stored until someone signs in for it. */
export async function countInteraction(exchange: Exchange, client: Asker): Promise<void> {
  if (budgetOf(exchange).kind === 'shared') await countMade('too-many-open-authorizations', client)
}

/** The budget of the client that a request names, if it has one. */
async function shareOfNamed({ ids, startedAt }: Exchange): Promise<string | null> {
  if (ids.clientId === undefined) return null
  const client = await knownClient(ids.clientId, startedAt.getTime())
  return client && shareOf(client)
}

/** Counts against the common budget; once a shared one is used up, against the known client's own. */
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

/** Counts an authorization request, against the signed-in person if there is one. */
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
 * Refuses an address with too many recent failures before its credentials are checked. A shared
 * address is always checked: the failures of others must not lock anyone out.
 */
export async function refuseManyFailures(exchange: Exchange): Promise<void> {
  const { key, kind } = budgetOf(exchange)
  if (kind === 'address') await refuseExhausted(failureName, key, rateOf(failureName, kind))
}

/**
 * Counts a failed authentication, code or refresh token.
 *
 * @throws {ThrottledError} when the budget of a shared address is used up
 */
export async function countFailure(exchange: Exchange): Promise<void> {
  const counted = countInShare(failureName, exchange)
  // the request that exhausts the budget still gets its own answer; the next one waits
  await (budgetOf(exchange).kind === 'address' ? counted.catch(() => undefined) : counted)
}
