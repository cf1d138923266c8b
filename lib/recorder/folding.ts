import { crowdOf } from '@/lib/crowd'
import type { NewEvent } from '@/lib/events/fields'
import { foldKey, isAnonymous, isStep, networkKey } from '@/lib/events/fold-key'

/**
 * Folds what strangers cause. Attempts are recorded completely, up to a limit; further events are counted
 * in one event, whose count grows. Whatever they vary, a minute has a limited number of events: beyond it
 * one event stands for all of an address and a name, and beyond that for all of a name. Memory is limited
 * like the writes.
 */

/**
 * How many events of strangers a minute may add: `whole` that are the same, `address` from one address,
 * `all` together.
 */
export const foldLimits = {
  /** steps of a handshake */
  steps: { whole: 30, address: 200, all: 600 },
  others: { whole: 5, address: 30, all: 120 },
  /** of clients with a token that is no longer accepted: strangers cannot use it up */
  holders: { whole: 30, address: 200, all: 600 },
  /** one address stands for many people: Anthropic's network, or that of a proxy not configured */
  hosted: { whole: 300, address: 6000, all: 6000 },
  sharedSteps: { whole: 300, address: 6000, all: 6000 },
  sharedOthers: { whole: 100, address: 1200, all: 1200 },
} as const

/** The last third of a minute's events is for addresses with few so far: an attempt takes about ten. */
const newcomers = { share: 1 / 3, few: 12 } as const

type Kind = keyof typeof foldLimits

function kindOf({ network, grantId }: NewEvent, isOfHandshake: boolean): Kind {
  if (grantId) return 'holders'
  if (network === 'anthropic') return 'hosted'
  if (network === 'public') return isOfHandshake ? 'steps' : 'others'
  return isOfHandshake ? 'sharedSteps' : 'sharedOthers'
}
/** Events per minute that stand for an address. */
export const maxAddresses = 60
const windowMs = 60_000
/** A run ends after this long without events, or after this long in all. */
export const runEnds = { quietMs: 60_000, afterMs: 10 * 60_000 } as const
/** How soon a run's count is written first, and the longest interval: it grows with each write. */
const writes = { firstMs: 1000, maxMs: 60_000 } as const

/** An event that stands for several requests. */
export type Run = {
  /** as it was first written */
  readonly event: NewEvent
  count: number
  /** milliseconds since the epoch */
  lastAt: number
  /** the last written count */
  written: number
  nextWriteAt: number
  waitMs: number
}

/** The events to write for one event; none when it was counted in a run. */
type Folded = readonly NewEvent[]

/** The run that an event was counted in, and what to write for it. */
type Coarse = { readonly run: Run; readonly written: Folded }

type Seen = { rows: number; run: Run | null }

/** How many events counted in coarse runs are kept, in case their person is identified. */
export const maxHeld = 10_000

/** What an event of a known person refers back to: its request and its client. */
const traces = ({ name, clientId, interactionId }: NewEvent): string[] => [
  ...(interactionId ? [`interaction ${interactionId}`] : []),
  ...(clientId && name === 'client.registered' ? [`client ${clientId}`] : []),
]
const sought = ({ clientId, interactionId }: NewEvent): string[] => [
  ...(clientId ? [`client ${clientId}`] : []),
  ...(interactionId ? [`interaction ${interactionId}`] : []),
]

/** What all events have in common in a run that stands for several kinds of requests. */
function coarse(event: NewEvent, fold: 'address' | 'all'): NewEvent {
  const { at, name, outcome, requestId, address, network } = event
  const from = fold === 'all' || !address ? {} : { address: networkKey(address), network }
  return { at, name, outcome, requestId, ...from, detail: {}, fold }
}

const begin = (event: NewEvent): Run => ({
  event,
  count: 1,
  lastAt: event.at.getTime(),
  written: 1,
  nextWriteAt: event.at.getTime() + writes.firstMs,
  waitMs: writes.firstMs,
})

/** Whether a run is over, so that the next event of its kind begins a new one. */
const isOver = ({ event, lastAt }: Run, now: number): boolean =>
  now - lastAt > runEnds.quietMs || now - event.at.getTime() > runEnds.afterMs

/** Folds events in the order in which they happen. Times are milliseconds since the epoch. */
export class Folding {
  #windowAt = 0
  #spent = new Map<string, number>()
  readonly #same = new Map<string, Seen>()
  readonly #coarse = new Map<string, Run>()
  /** ended runs that were replaced by new ones */
  #past: Run[] = []
  /** events counted in coarse runs, by request and client */
  readonly #held = new Map<string, { readonly event: NewEvent; readonly run: Run }>()

  /** Takes an event. @returns what to write for it */
  take(event: NewEvent): Folded {
    if (!isAnonymous(event)) return [...this.release(event), event]
    const now = event.at.getTime()
    this.#turn(now)
    const isOfHandshake = isStep(event)
    const kind = kindOf(event, isOfHandshake)
    const key = foldKey(event, isOfHandshake)
    const { rows, run: running } = this.#seen(key, now)
    if (running) return this.#add(running, now).written
    if (!this.#spend(kind, event)) return this.#hold(event, this.#takeCoarse(event, now))
    if (rows < foldLimits[kind].whole) {
      this.#same.set(key, { rows: rows + 1, run: null })
      return [event]
    }
    const run = begin({ ...event, fold: 'same' })
    this.#same.set(key, { rows, run })
    return [run.event]
  }

  /** Runs whose counts are due to be written. @param all includes those not yet due */
  due(now: number, all = false): Run[] {
    const due = this.#runs().filter(
      (run) => run.count > run.written && (all || run.nextWriteAt <= now || isOver(run, now)),
    )
    for (const run of due) {
      run.waitMs = Math.min(run.waitMs * 2, writes.maxMs)
      run.nextWriteAt = now + run.waitMs
    }
    return due
  }

  /**
   * Removes and returns ended runs that are written.
   *
   * @param all includes active and unwritten ones
   */
  ended(now: number, all = false): Run[] {
    const isEnded = (run: Run): boolean =>
      all ||
      (isOver(run, now) &&
        (run.written === run.count || now - run.lastAt > runEnds.afterMs + runEnds.quietMs))
    const ended = this.#runs().filter(isEnded)
    for (const [key, { run }] of this.#same) if (run && isEnded(run)) this.#same.delete(key)
    for (const [key, run] of this.#coarse) if (isEnded(run)) this.#coarse.delete(key)
    this.#past = this.#past.filter((run) => !isEnded(run))
    return ended
  }

  /** How much is kept in memory, in entries. */
  get size(): number {
    return (
      this.#same.size + this.#coarse.size + this.#spent.size + this.#past.length + this.#held.size
    )
  }

  /** Whether a run is active. */
  get isActive(): boolean {
    return this.#runs().length > 0
  }

  #runs(): Run[] {
    const same = [...this.#same.values()].flatMap(({ run }) => run ?? [])
    return [...same, ...this.#coarse.values(), ...this.#past]
  }

  /** Each minute begins with nothing used; runs continue. */
  #turn(now: number): void {
    if (now - this.#windowAt < windowMs && now >= this.#windowAt) return
    this.#windowAt = now
    this.#spent = new Map()
    for (const [key, { run }] of this.#same) if (run === null) this.#same.delete(key)
  }

  /** Keeps an event counted in a coarse run: its person may yet be identified. */
  #hold(event: NewEvent, { run, written }: Coarse): Folded {
    for (const trace of traces(event)) this.#held.set(trace, { event, run })
    const [oldest] = this.#held.size > maxHeld ? this.#held.keys() : []
    if (oldest !== undefined) this.#held.delete(oldest)
    return written
  }

  /**
   * The kept events of a request or client whose person is now known, to be written as they were.
   *
   * @param event identifies the person
   */
  release(event: NewEvent): NewEvent[] {
    if (this.#held.size === 0 || isAnonymous(event)) return []
    return sought(event).flatMap((trace) => {
      const held = this.#held.get(trace)
      if (!held) return []
      this.#held.delete(trace)
      // a written count stays
      if (held.run.count > Math.max(1, held.run.written)) held.run.count -= 1
      return [held.event]
    })
  }

  /** The counters of a key; ended ones start again. */
  #seen(key: string, now: number): Seen {
    const seen = this.#same.get(key)
    if (!seen?.run || !isOver(seen.run, now)) return seen ?? { rows: 0, run: null }
    this.#past.push(seen.run)
    this.#same.delete(key)
    return { rows: 0, run: null }
  }

  #spend(kind: Kind, event: NewEvent): boolean {
    const { address, all } = foldLimits[kind]
    const key = `${kind} ${networkKey(event.address ?? '')}`
    const crowd = `${kind} of ${crowdOf({ address: event.address ?? null, network: event.network ?? null })}`
    const spent = (by: string): number => this.#spent.get(by) ?? 0
    const isApart = event.network === 'public'
    const isReserved = isApart && spent(kind) >= all * (1 - newcomers.share)
    if (spent(key) >= address || spent(kind) >= all) return false
    if (isReserved && spent(crowd) >= newcomers.few) return false
    for (const by of [key, crowd, kind]) this.#spent.set(by, spent(by) + 1)
    return true
  }

  #takeCoarse(event: NewEvent, now: number): Coarse {
    const { name, outcome, address } = event
    const byAddress = JSON.stringify([name, outcome, networkKey(address ?? '')])
    const ofAddress = this.#coarse.get(byAddress)
    if (ofAddress && !isOver(ofAddress, now)) return this.#add(ofAddress, now)
    const spent = this.#spent.get('addresses') ?? 0
    if (spent < maxAddresses) {
      this.#spent.set('addresses', spent + 1)
      return this.#begin(byAddress, coarse(event, 'address'))
    }
    const byName = JSON.stringify([name, outcome])
    const ofName = this.#coarse.get(byName)
    if (ofName && !isOver(ofName, now)) return this.#add(ofName, now)
    return this.#begin(byName, coarse(event, 'all'))
  }

  #begin(key: string, event: NewEvent): Coarse {
    const run = begin(event)
    const before = this.#coarse.get(key)
    if (before) this.#past.push(before)
    this.#coarse.set(key, run)
    return { run, written: [run.event] }
  }

  #add(run: Run, now: number): Coarse {
    run.count += 1
    run.lastAt = Math.max(run.lastAt, now)
    return { run, written: [] }
  }
}
