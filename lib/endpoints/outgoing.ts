import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { env } from '@/lib/config/env'
import { budgetAddress } from '@/lib/http/budget-address'
import { type Fetched, type FetchLimits, FetchProblem, safeFetch } from '@/lib/http/safe-fetch'
import { NoSlotError, Slots } from '@/lib/http/slots'
import { countAgainst, type Rate, ThrottledError } from '@/lib/http/throttle'
import { OAuthError } from '@/lib/oauth/errors'
import { processWide } from '@/lib/process-wide'
import type { FetchFailure, Reason } from '@/lib/reasons'

/**
 * What a stranger can make this server fetch: the document of a client (CIMD §4) and the keys of one
 * that signs (RFC 7523 §3). Nothing else that a client says of itself is fetched.
 */
export type Subject = 'too-many-document-fetches' | 'too-many-key-fetches'

/** In whose name something is fetched. */
export type Asker = {
  /** a person who is signed in, or a client that an operator has approved; they have their own share */
  readonly known: string | null
  readonly address: string | null
}

/** The server is asked for too much at the moment; `retryAfter` in seconds. */
export class BusyProblem extends FetchProblem {
  override name = 'BusyProblem'
  constructor(readonly retryAfter: number) {
    super({ kind: 'busy' })
  }
}

const rates = {
  /** by one address of strangers */
  address: { points: 20, seconds: 60 },
  /** by all strangers together, from whatever addresses */
  strangers: { points: 120, seconds: 60 },
  known: { points: 60, seconds: 60 },
} as const satisfies Record<string, Rate>

/** For how long what has failed is not asked for again by strangers, in milliseconds. */
const avoidMs = 30_000
const mostAvoided = 2000

/** How long one waits for its turn, in milliseconds. */
const turnMs = 1000

/** No failure is answered sooner, so that the time does not tell what a name resolves to. */
const floorMs = 500

type Share = { readonly fetches: Slots; readonly lookups: Slots }

/** Names are looked up in the four threads that passwords are hashed in: one is always left. */
const shares = processWide('outgoing', () => ({
  strangers: { fetches: new Slots(4, 40), lookups: new Slots(2, 40) } satisfies Share,
  known: { fetches: new Slots(4, 40), lookups: new Slots(1, 40) } satisfies Share,
  avoided: new Map<string, { readonly until: number; readonly problem: Problem }>(),
  running: new Map<string, Promise<Outcome>>(),
}))

/**
 * Why something cannot be used: it could not be had, or what it says is refused. No error is kept: each
 * route has a class of its own for the same error, since Next bundles it for each.
 */
type Problem = { readonly failure: FetchFailure } | { readonly refused: Reason }

/** How a fetch ended, which whoever waits for the same is told, in whatever route. */
type Outcome =
  | { readonly fetched: Fetched }
  | { readonly failure: FetchFailure; readonly ofHost: boolean }
  /** in how many seconds to try again */
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

/** Keeps strangers from asking for it again for a while. @param key a URL, or `host:` and a host */
export function avoid(key: string, problem: Problem): void {
  const { avoided } = shares
  avoided.delete(key)
  avoided.set(key, { until: Date.now() + avoidMs, problem })
  const [oldest] = avoided.keys()
  if (avoided.size > mostAvoided && oldest !== undefined) avoided.delete(oldest)
}

const hostKey = (url: string): string => `host:${new URL(url).host}`

/** Why it failed a moment ago, or `null`. */
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
  const free = await fetches.take(AbortSignal.timeout(turnMs))
  try {
    const { internalClientHosts: internalHosts } = env()
    return await safeFetch(url, { ...limits, internalHosts, lookups })
  } finally {
    free()
  }
}

/** Who asks for what is being fetched already gets the same answer. */
function shared(key: string, start: () => Promise<Fetched>): Promise<Outcome> {
  const { running } = shares
  const before = running.get(key)
  if (before) return before
  const outcome = outcomeOf(start()).finally(() => running.delete(key))
  running.set(key, outcome)
  return outcome
}

/** As long as the floor, or as the longest time that a fetch may take: nothing between is told. */
async function untilTold(since: number, timeoutMs: number): Promise<void> {
  const elapsed = performance.now() - since
  await sleep(Math.max(0, (elapsed < floorMs ? floorMs : timeoutMs + turnMs) - elapsed))
}

/**
 * Fetches what somebody named who may be anybody: within a budget, a few at a time, and not again at
 * once where it has failed. A failure takes the same time whatever its cause.
 *
 * @throws {FetchProblem} whose cause is for operators only
 * @throws {OAuthError} where what was fetched a moment ago was refused
 */
export async function fetchFor(
  asker: Asker,
  subject: Subject,
  url: string,
  limits: Omit<FetchLimits, 'internalHosts' | 'lookups'>,
): Promise<Fetched> {
  const since = performance.now()
  // who is known may have mended it just now, and is answered for what it is
  const avoided = asker.known ? null : avoidedBecause(url)
  if (avoided !== null) {
    await untilTold(since, limits.timeoutMs)
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
  await untilTold(since, limits.timeoutMs)
  throw new FetchProblem(failure, ofHost)
}
