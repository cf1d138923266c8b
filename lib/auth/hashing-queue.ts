import 'server-only'
import { processWide } from '@/lib/process-wide'

/**
 * Who waits for a password hash. `known`: a browser that has signed in before, or a caller with a
 * session or a one-time link. `stranger`: anyone else.
 */
export type HashingLane = 'known' | 'stranger'

/** Thrown when the queue is full. */
export class BusyError extends Error {
  override name = 'BusyError'
  constructor() {
    super('too many passwords wait to be checked')
  }
}

/** How many hashes run at once, and how many callers may wait. */
const most = { atOnce: 2, strangersAtOnce: 1 }
const mostWaiting: Readonly<Record<HashingLane, number>> = { known: 500, stranger: 100 }
/** The longest rest between two strangers' hashes, however slow the machine is, in ms. */
const longestRest = 250

const realClock = {
  now: () => performance.now(),
  wait: (ms: number, then: () => void) => void setTimeout(then, ms).unref(),
}

/**
 * A hash takes tens of milliseconds of CPU and 19 MiB, and anyone may request one. So few run at once,
 * known browsers go first, and strangers go one at a time with a rest as long as each hash took: all
 * their guesses together use half a processor at most.
 */
export function hashingQueue(clock = realClock) {
  const waiting: Record<HashingLane, (() => void)[]> = { known: [], stranger: [] }
  const active: Record<HashingLane, number> = { known: 0, stranger: 0 }
  let isResting = false

  const mayStart = (lane: HashingLane): boolean =>
    active.known + active.stranger < most.atOnce &&
    (lane === 'known' || (active.stranger < most.strangersAtOnce && !isResting))

  const startNext = (): void => {
    for (const lane of ['known', 'stranger'] as const) {
      while (waiting[lane].length > 0 && mayStart(lane)) waiting[lane].shift()?.()
    }
  }

  const rest = (ms: number): void => {
    isResting = true
    clock.wait(Math.min(ms, longestRest), () => {
      isResting = false
      startNext()
    })
  }

  const hasRoom = (lane: HashingLane): boolean => waiting[lane].length < mostWaiting[lane]

  /** Runs work when it is its turn. @throws {BusyError} */
  async function run<T>(lane: HashingLane, work: () => Promise<T>): Promise<T> {
    if (!hasRoom(lane)) throw new BusyError()
    await new Promise<void>((start) => {
      waiting[lane].push(() => {
        active[lane] += 1
        start()
      })
      startNext()
    })
    const since = clock.now()
    try {
      return await work()
    } finally {
      active[lane] -= 1
      if (lane === 'stranger') rest(clock.now() - since)
      startNext()
    }
  }

  return { run, hasRoom }
}

const queue = processWide('hashing', () => hashingQueue())

/** Runs a hash or a comparison in turn. @throws {BusyError} */
export const inTurn = queue.run

/** Whether one more caller may wait. */
export const hasRoomFor = queue.hasRoom
