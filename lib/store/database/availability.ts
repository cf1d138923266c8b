import 'server-only'
import { processWide } from '@/lib/process-wide'
import {
  DatabaseAwayError,
  isAwayError,
  isUnavailable,
  reasonAway,
} from '@/lib/runtime/database-errors'
import { logError } from '@/lib/runtime/log'

/**
 * Whether the database answers. The first failure that looks like an outage starts a probe, and the probe
 * decides; during an outage it runs twice a second. Only this module logs it: once when an outage begins
 * and once when it ends.
 */

const probeEveryMs = 500
/** A failure this recent may have the same cause as the present one. */
const recentMs = 5000
/** A failed probe counts for this long; during an outage the next one comes much sooner. */
const knownForMs = 6000
/** Logs that requests fail although the database answers: after three within a minute, once a minute. */
const reporting = { from: 3, withinMs: 60_000, afterReturnMs: 30_000 }

/** Rejects while the database cannot be written to. */
type Probe = (suspicion: unknown) => Promise<void>
/** Called when it is back. @returns how many delayed events were written */
type OnRecovery = () => Promise<number> | number | undefined

type Away = { readonly since: number; readonly error: DatabaseAwayError }

const state = processWide('availability', () => ({
  probe: null as Probe | null,
  away: null as Away | null,
  isChecking: false,
  failedAt: Number.NEGATIVE_INFINITY,
  /** when a probe last failed */
  confirmedAt: Number.NEGATIVE_INFINITY,
  /** when the database last came back */
  backAt: Number.NEGATIVE_INFINITY,
  /** times of failures although the database answered */
  failures: [] as number[],
  loggedAt: Number.NEGATIVE_INFINITY,
  lines: Promise.resolve(),
  onOutage: new Set<(error: DatabaseAwayError) => void>(),
  onRecovery: new Set<OnRecovery>(),
}))

/** Sets the probe. */
export function setProbe(probe: Probe | null): void {
  state.probe = probe
  if (probe === null) state.away = null
}

/**
 * The error to fail with at once during an outage, else `null`. A process that was frozen meanwhile cannot
 * rely on its last probe: its next query finds out.
 */
export const awayError = (): DatabaseAwayError | null =>
  Date.now() - state.confirmedAt < knownForMs ? (state.away?.error ?? null) : null

/** Whether the database is away, as far as is known. */
export const isAway = (): boolean => awayError() !== null

/** Whether it is away or failed a moment ago, so that a failure now may have the same cause. */
export const wasAwayLately = (): boolean =>
  state.away !== null || state.isChecking || Date.now() - state.failedAt < recentMs

/** Calls `listener` when the database goes away. @returns unsubscribes */
export function onOutage(listener: (error: DatabaseAwayError) => void): () => void {
  state.onOutage.add(listener)
  return () => void state.onOutage.delete(listener)
}

/** Calls `listener` when the database returns. */
export const onRecovery = (listener: OnRecovery): void => void state.onRecovery.add(listener)

const logInOrder = (line: string): void => {
  state.lines = state.lines.then(() => logError(line))
}

async function logReturn(since: number): Promise<void> {
  const seconds = ((Date.now() - since) / 1000).toFixed(1)
  const returned = [...state.onRecovery].map(async (listener) => (await listener()) ?? 0)
  const counts = await Promise.allSettled(returned)
  const late = counts.reduce((sum, one) => sum + (one.status === 'fulfilled' ? one.value : 0), 0)
  logError(`database: back after ${seconds} s; ${late} events that waited were written`)
}

function recover(since: number): void {
  state.away = null
  state.failedAt = Date.now()
  state.backAt = state.failedAt
  // one line after the other, even when it goes away again meanwhile
  state.lines = state.lines.then(() => logReturn(since))
}

function probeAgain(since: number, suspicion: unknown): void {
  setTimeout(async () => {
    // stopped meanwhile, and perhaps started again
    if (state.away?.since !== since || !state.probe) return
    try {
      await state.probe(suspicion)
    } catch {
      state.confirmedAt = Date.now()
      return probeAgain(since, suspicion)
    }
    if (state.away?.since === since) recover(since)
  }, probeEveryMs).unref()
}

function goAway(since: number, suspicion: unknown, failure: unknown): void {
  const error = new DatabaseAwayError(reasonAway(failure))
  state.away = { since, error }
  state.confirmedAt = Date.now()
  logInOrder(
    `database: away (${error.reason}); events wait and requests are answered 503 until it is back`,
  )
  for (const listener of state.onOutage) listener(error)
  probeAgain(since, suspicion)
}

/** The database answers and requests fail all the same: nothing else says why. */
function reportFailures(suspicion: unknown): void {
  const now = Date.now()
  const { from, withinMs, afterReturnMs } = reporting
  state.failures = [...state.failures.filter((at) => now - at < withinMs), now]
  if (state.failures.length < from || now - state.loggedAt < withinMs) return
  if (now - state.backAt < afterReturnMs) return
  state.loggedAt = now
  logInOrder(
    `database: it answers, but requests fail (${reasonAway(suspicion)}): are there enough connections (PORTICO_DATABASE_POOL), does something hold a lock?`,
  )
}

async function check(suspicion: unknown): Promise<void> {
  const { probe } = state
  const since = Date.now()
  try {
    await probe?.(suspicion)
    reportFailures(suspicion)
  } catch (failure) {
    if (probe === state.probe) goAway(since, suspicion, failure)
  }
  state.isChecking = false
}

/** Starts a probe after an error that looks like an outage. Ignores any other error. */
export function suspectOutage(error: unknown): void {
  if (isAwayError(error) || !isUnavailable(error)) return
  state.failedAt = Date.now()
  if (state.away || state.isChecking || !state.probe) return
  state.isChecking = true
  void check(error)
}

/** Logs the failure of something that is retried; an outage has a line of its own. */
export function logFailure(what: string, error: unknown): void {
  if (isUnavailable(error)) suspectOutage(error)
  else logError(`${what}: ${error instanceof Error ? error.message : String(error)}`)
}

/** The result of `work`, or `otherwise` during an outage: for code that polls. */
export async function unlessAway<Result>(
  work: () => Promise<Result>,
  otherwise: Result,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!isUnavailable(error)) throw error
    suspectOutage(error)
    return otherwise
  }
}
