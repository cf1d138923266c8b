import 'server-only'
import { processWide } from '@/lib/process-wide'

/**
 * Who waits for a password to be hashed. `known`: a browser that has signed in before, somebody who
 * is signed in or holds a link. `stranger`: anybody, with whatever e-mail address.
 */
export type Lane = 'known' | 'stranger'

/** Thrown when so many wait that one more would wait too long. */
export class BusyError extends Error {
  override name = 'BusyError'
  constructor() {
    super('too many passwords wait to be checked')
  }
}

/** How many may be under way at once, and how many may wait for it. */
const most = { atOnce: 2, strangersAtOnce: 1 }
const mostWaiting: Readonly<Record<Lane, number>> = { known: 500, stranger: 100 }
/** However slow a machine is, strangers do not wait for longer than this between two, in ms. */
const longestRest = 250

const realClock = {
  now: () => performance.now(),
  wait: (ms: number, then: () => void) => void setTimeout(then, ms).unref(),
}

/**
 * Hashing takes tens of milliseconds of a processor and 19 MiB each, which anybody may ask for. So few
 * run at once; known browsers go first; and strangers go one at a time, with a rest as long as each took,
 * so that all their guesses together take half of one processor at most.
 */
export function hashingQueue(clock = realClock) {
  const waiting: Record<Lane, (() => void)[]> = { known: [], stranger: [] }
  const active: Record<Lane, number> = { known: 0, stranger: 0 }
  let isResting = false

  const mayStart = (lane: Lane): boolean =>
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

  const hasRoom = (lane: Lane): boolean => waiting[lane].length < mostWaiting[lane]

  /** Runs work when it is its turn. @throws {BusyError} */
  async function run<T>(lane: Lane, work: () => Promise<T>): Promise<T> {
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

/** Hashes, or compares with a hash, when it is its turn. @throws {BusyError} */
export const inTurn = queue.run

/** Whether one more may wait. */
export const hasRoomFor = queue.hasRoom
