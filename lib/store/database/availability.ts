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
 * Whether the database can be asked. It is in doubt with the first failure that looks like it; a probe
 * decides, and while it is away another one is made twice a second. It is told of on the console when
 * it goes and when it returns, and nowhere else.
 */

const probeEveryMs = 500
/** Failures so long before an answer can be what it failed by. */
const recentMs = 5000
/** A probe that failed says so for as long; while it is away the next one comes much sooner. */
const knownForMs = 6000
/** Of a database that answers is told that requests fail: after so many within a minute, once in it. */
const complaints = { from: 3, withinMs: 60_000, afterReturnMs: 30_000 }

/** Rejects while the database cannot be written to. */
type Probe = (doubt: unknown) => Promise<void>
/** Called when it is back. @returns how many events were written late */
type OnReturn = () => Promise<number> | number | undefined

type State = {
  probe: Probe | null
  away: { readonly since: number; readonly error: DatabaseAwayError } | null
  isChecking: boolean
  failedAt: number
  /** when a probe failed last */
  confirmedAt: number
  /** when it came back last */
  backAt: number
  /** when something failed although the database answers */
  cleared: number[]
  toldAt: number
  lines: Promise<void>
  readonly onLeave: Set<(error: DatabaseAwayError) => void>
  readonly onReturn: Set<OnReturn>
}

const state = processWide(
  'availability',
  (): State => ({
    probe: null,
    away: null,
    isChecking: false,
    failedAt: Number.NEGATIVE_INFINITY,
    confirmedAt: Number.NEGATIVE_INFINITY,
    backAt: Number.NEGATIVE_INFINITY,
    cleared: [],
    toldAt: Number.NEGATIVE_INFINITY,
    lines: Promise.resolve(),
    onLeave: new Set(),
    onReturn: new Set(),
  }),
)

/** Says how the database is asked whether it is there. */
export function watchWith(probe: Probe | null): void {
  state.probe = probe
  if (probe === null) state.away = null
}

/** A process that was frozen meanwhile knows nothing any more: whoever asks finds out. */
const isCurrent = (): boolean => state.away !== null && Date.now() - state.confirmedAt < knownForMs

/** What to fail with at once while the database is away, else `null`. */
export const awayError = (): DatabaseAwayError | null =>
  isCurrent() ? (state.away?.error ?? null) : null

/** Whether the database is away, as far as is known. */
export const isAway = (): boolean => isCurrent()

/** Whether it is away or failed a moment ago, so that what fails now may have failed by it. */
export const wasAwayLately = (): boolean =>
  state.away !== null || state.isChecking || Date.now() - state.failedAt < recentMs

/** Calls `leave` when the database has gone. @returns ends that */
export function onLeave(leave: (error: DatabaseAwayError) => void): () => void {
  state.onLeave.add(leave)
  return () => void state.onLeave.delete(leave)
}

/** Calls `back` when the database has returned. */
export const onReturn = (back: OnReturn): void => void state.onReturn.add(back)

const say = (line: string): void => {
  state.lines = state.lines.then(() => logError(line))
}

async function tellOfReturn(since: number): Promise<void> {
  const seconds = ((Date.now() - since) / 1000).toFixed(1)
  const returned = [...state.onReturn].map(async (back) => (await back()) ?? 0)
  const counts = await Promise.allSettled(returned)
  const late = counts.reduce((sum, one) => sum + (one.status === 'fulfilled' ? one.value : 0), 0)
  logError(`database: back after ${seconds} s; ${late} events that waited were written`)
}

function comeBack(since: number): void {
  state.away = null
  state.failedAt = Date.now()
  state.backAt = state.failedAt
  // one line after the other, also where it goes again meanwhile
  state.lines = state.lines.then(() => tellOfReturn(since))
}

function probeAgain(since: number, doubt: unknown): void {
  setTimeout(async () => {
    // stopped, and perhaps started anew, meanwhile
    if (state.away?.since !== since || !state.probe) return
    try {
      await state.probe(doubt)
    } catch {
      state.confirmedAt = Date.now()
      return probeAgain(since, doubt)
    }
    if (state.away?.since === since) comeBack(since)
  }, probeEveryMs).unref()
}

function leave(since: number, doubt: unknown, failure: unknown): void {
  const error = new DatabaseAwayError(reasonAway(failure))
  state.away = { since, error }
  state.confirmedAt = Date.now()
  say(
    `database: away (${error.reason}); events wait and requests are answered 503 until it is back`,
  )
  for (const hear of state.onLeave) hear(error)
  probeAgain(since, doubt)
}

/** The database answers and requests fail all the same: nobody else says why. */
function tellOfFailures(doubt: unknown): void {
  const now = Date.now()
  const { from, withinMs, afterReturnMs } = complaints
  state.cleared = [...state.cleared.filter((at) => now - at < withinMs), now]
  if (state.cleared.length < from || now - state.toldAt < withinMs) return
  if (now - state.backAt < afterReturnMs) return
  state.toldAt = now
  say(
    `database: it answers, and requests fail all the same (${reasonAway(doubt)}): are there connections enough (PORTICO_DATABASE_POOL), does something hold a lock?`,
  )
}

async function check(doubt: unknown): Promise<void> {
  const { probe } = state
  const since = Date.now()
  try {
    await probe?.(doubt)
    tellOfFailures(doubt)
  } catch (failure) {
    if (probe === state.probe) leave(since, doubt, failure)
  }
  state.isChecking = false
}

/** Tells that something failed as it does when the database is away. Anything else is no matter. */
export function doubt(error: unknown): void {
  if (isAwayError(error) || !isUnavailable(error)) return
  state.failedAt = Date.now()
  if (state.away || state.isChecking || !state.probe) return
  state.isChecking = true
  void check(error)
}

/**
 * Says on the console what went wrong with something that will be tried again. Where it is that the
 * database is away, nothing: that has been said.
 */
export function complain(what: string, error: unknown): void {
  if (isUnavailable(error)) doubt(error)
  else logError(`${what}: ${error instanceof Error ? error.message : String(error)}`)
}

/** What `work` finds, or `otherwise` while the database is away: for whoever looks again and again. */
export async function unlessAway<Result>(
  work: () => Promise<Result>,
  otherwise: Result,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!isUnavailable(error)) throw error
    doubt(error)
    return otherwise
  }
}
