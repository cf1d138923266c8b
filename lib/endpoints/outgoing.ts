import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { env } from '@/lib/config/env'
import { budgetAddress } from '@/lib/http/address'
import { type Fetched, type FetchLimits, FetchProblem, safeFetch } from '@/lib/http/safe-fetch'
import { NoSlotError, Slots } from '@/lib/http/slots'
import { countAgainst, type Rate, ThrottledError } from '@/lib/http/throttle'
import { OAuthError } from '@/lib/oauth/errors'
import { processWide } from '@/lib/process-wide'
import type { FetchFailure, Reason } from '@/lib/reasons'

/**
 * What a stranger can make this server fetch: a client's document (CIMD §4) and the keys of a client
 * that signs (RFC 7523 §3). Nothing else from a client's metadata is fetched.
 */
export type Subject = 'too-many-document-fetches' | 'too-many-key-fetches'

/** On whose behalf something is fetched. */
export type Asker = {
  /** a signed-in person or an approved client, each with a budget of its own; otherwise `null` */
  readonly known: string | null
  readonly address: string | null
}

/** The fetch budget is used up; `retryAfter` in seconds. */
export class BusyProblem extends FetchProblem {
  override name = 'BusyProblem'
  constructor(readonly retryAfter: number) {
    super({ kind: 'busy' })
  }
}

const rates = {
  /** per address of strangers */
  address: { points: 20, seconds: 60 },
  /** for all strangers together */
  strangers: { points: 120, seconds: 60 },
  known: { points: 60, seconds: 60 },
} as const satisfies Record<string, Rate>

/** How long strangers' fetches of what has failed are not retried, in milliseconds. */
const avoidMs = 30_000
const mostAvoided = 2000

/** How long a fetch waits for a slot, in milliseconds. */
const slotWaitMs = 1000

/** Minimum duration of a failure, so that timing does not reveal what a name resolves to. */
const floorMs = 500

type Share = { readonly fetches: Slots; readonly lookups: Slots }

/** Lookups use the four threads that also hash passwords: one always stays free. */
const shares = processWide('outgoing', () => ({
  strangers: { fetches: new Slots(4, 40), lookups: new Slots(2, 40) } satisfies Share,
  known: { fetches: new Slots(4, 40), lookups: new Slots(1, 40) } satisfies Share,
  avoided: new Map<string, { readonly until: number; readonly problem: Problem }>(),
  running: new Map<string, Promise<Outcome>>(),
}))

/**
 * Why something cannot be used: the fetch failed, or its content is refused. Errors are not cached:
 * Next bundles each route separately, so each has its own class of the same error.
 */
type Problem = { readonly failure: FetchFailure } | { readonly refused: Reason }

/** How a fetch ended, for every caller that waits for it, in any route. */
type Outcome =
  | { readonly fetched: Fetched }
  | { readonly failure: FetchFailure; readonly ofHost: boolean }
  /** seconds until a retry */
  | { readonly busy: number }

async function outcomeOf(fetching: Promise<Fetched>): Promise<Outcome> {
  try {
    return { fetched: await fetching }
  } catch (error) {
    if (error instanceof ThrottledError) return { busy: error.retryAfter }
    if (error instanceof NoSlotError) return { busy: 5 }
    if (error instanceof FetchProblem) return { failure: error.failure, ofHost: error.ofHost }
    throw error
  }
}

const errorOf = (problem: Problem): FetchProblem | OAuthError =>
  'failure' in problem
    ? new FetchProblem(problem.failure)
    : new OAuthError('invalid_client_metadata', problem.refused)

/** Keeps strangers from fetching it again for a while. @param key a URL, or `host:` and a host */
export function avoid(key: string, problem: Problem): void {
  const { avoided } = shares
  avoided.delete(key)
  avoided.set(key, { until: Date.now() + avoidMs, problem })
  const [oldest] = avoided.keys()
  if (avoided.size > mostAvoided && oldest !== undefined) avoided.delete(oldest)
}

const hostKey = (url: string): string => `host:${new URL(url).host}`

/** Why it failed recently, or `null`. */
function avoidedBecause(url: string): Problem | null {
  const found = [url, hostKey(url)].map((key) => shares.avoided.get(key))
  return found.find((one) => one && one.until > Date.now())?.problem ?? null
}

async function count(subject: Subject, { known, address }: Asker): Promise<void> {
  if (known) return countAgainst(subject, known, rates.known)
  const key = budgetAddress(address)
  if (key) await countAgainst(subject, `address:${key}`, rates.address)
  await countAgainst(subject, 'strangers', rates.strangers)
}

async function fetchInTurn(
  url: string,
  limits: Omit<FetchLimits, 'internalHosts' | 'lookups'>,
  { fetches, lookups }: Share,
): Promise<Fetched> {
  const release = await fetches.take(AbortSignal.timeout(slotWaitMs))
  try {
    const { internalClientHosts: internalHosts } = env()
    return await safeFetch(url, { ...limits, internalHosts, lookups })
  } finally {
    release()
  }
}

/** Callers that need the same fetch share it. */
function shared(key: string, start: () => Promise<Fetched>): Promise<Outcome> {
  const { running } = shares
  const before = running.get(key)
  if (before) return before
  const outcome = outcomeOf(start()).finally(() => running.delete(key))
  running.set(key, outcome)
  return outcome
}

/** Waits until the floor or until the longest possible fetch: no time between reveals anything. */
async function waitForFloor(since: number, timeoutMs: number): Promise<void> {
  const elapsed = performance.now() - since
  await sleep(Math.max(0, (elapsed < floorMs ? floorMs : timeoutMs + slotWaitMs) - elapsed))
}

/**
 * Fetches a URL that a stranger may have named: within a budget, a few at a time, and not again at
 * once after a failure. Every failure takes the same time.
 *
 * @throws {FetchProblem} whose cause is for operators only
 * @throws {OAuthError} when the content was refused recently
 */
export async function fetchFor(
  asker: Asker,
  subject: Subject,
  url: string,
  limits: Omit<FetchLimits, 'internalHosts' | 'lookups'>,
): Promise<Fetched> {
  const since = performance.now()
  // a known asker may have just fixed it, and may see the real cause
  const avoided = asker.known ? null : avoidedBecause(url)
  if (avoided !== null) {
    await waitForFloor(since, limits.timeoutMs)
    throw errorOf(avoided)
  }
  const outcome = await shared(`${asker.known !== null} ${url}`, async () => {
    await count(subject, asker)
    return fetchInTurn(url, limits, asker.known ? shares.known : shares.strangers)
  })
  if ('fetched' in outcome) return outcome.fetched
  if ('busy' in outcome) throw new BusyProblem(outcome.busy)
  const { failure, ofHost } = outcome
  avoid(ofHost ? hostKey(url) : url, { failure })
  await waitForFloor(since, limits.timeoutMs)
  throw new FetchProblem(failure, ofHost)
}
