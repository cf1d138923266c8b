import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { env } from '@/lib/config/env'
import { selfCheckAgent } from '@/lib/events/agent'
import type { NewEvent } from '@/lib/events/fields'
import { processWide } from '@/lib/process-wide'
import { emit, hasListeners } from '@/lib/recorder/signals'
import { afterAnswer } from '@/lib/runtime/after'
import { onRecovery } from '@/lib/store/database/availability'
import { eventLine } from './console'
import type { Observation } from './exchange'
import { flushFolds, folding, printEnded } from './folds'
import { addLine, printLines } from './print'
import { isCall } from './wake'
import { drop, noteRoom, unwritten, wait, writeWaiting } from './writer'

/** When what was recorded is described, printed and written. */

/**
 * The longest that events wait to be printed and written together. A busy server waits longer: a batch
 * costs nearly as much for few as for many.
 */
const flushAfterMs = { quiet: 50, busy: 200 }
/** From this many arrivals between two batches on, the server counts as busy. */
const busyFrom = 20
/**
 * How many are described together, each into a text. One loop over several costs a fraction of describing
 * each within its own request; objects that waited for the batch would survive several young-generation
 * collections, and each would copy them.
 */
const groupSize = 16
/** How soon a failed write is retried, in milliseconds. */
const againAfterMs = 500
/** How often to check which counts of folds are due, in milliseconds. */
const foldsEveryMs = 1000

/** `isStored` when it was written with its change, and only needs printing. */
type Arrived = { readonly describe: Observation; readonly isStored: boolean }

/** Called when a function has written its request's events, and may do more after the response. */
type Written = (hasNews: boolean) => Promise<void>

class Queue {
  readonly arrived: Arrived[] = []
  /** arrivals since the last batch */
  recent = 0
  busy = false
  /** whether anything that may change a verdict was described since the last notification */
  hasNews = false
  timer: NodeJS.Timeout | null = null
  again: NodeJS.Timeout | null = null
  folds: NodeJS.Timeout | null = null
  writing = Promise.resolve()
  ofFunction: Promise<void> | null = null
  onWritten: Written = async () => {}
}

const queue = processWide('recorder', () => new Queue())
processWide('recorder-late', () => onRecovery(() => writeLate()))

/** Continues while a run of strangers is active; on serverless, after the responses. */
function watchFolds(): void {
  if (env().isServerless) return
  queue.folds ??= setTimeout(() => {
    queue.folds = null
    void flushEvents()
    if (folding.isActive) watchFolds()
  }, foldsEveryMs).unref()
}

/** Ends the folds of a stopping process: writes and logs their counts. */
export async function endFolds(): Promise<void> {
  await flushEvents()
  await flushFolds(true)
  printEnded(true)
  printLines()
}

/** Adds the line of an event to what is printed next. */
function print(event: NewEvent): void {
  queue.hasNews ||= !isCall(event) && event.agent !== selfCheckAgent
  addLine(eventLine(event))
}

function describe(arrived: Arrived): void {
  const event = arrived.describe()
  if (hasListeners('event')) emit('event', event)
  if (arrived.isStored) {
    print(event)
    for (const earlier of folding.release(event)) wait(earlier)
    return
  }
  for (const written of folding.take(event)) {
    if (written.fold !== undefined) watchFolds()
    print(written)
    wait(written)
  }
}

/** Describes what has arrived. One that cannot be described must not affect the others. */
function takeArrived(): void {
  for (const one of queue.arrived.splice(0)) {
    try {
      describe(one)
    } catch (error) {
      drop(`one event could not be described: ${(error as Error).message}`)
    }
  }
}

async function write(): Promise<void> {
  if (await writeWaiting()) {
    queue.again ??= setTimeout(() => {
      queue.again = null
      void flushEvents()
    }, againAfterMs).unref()
  }
  await flushFolds(false)
}

/** Writes all waiting events; resolves when they are written or counted as dropped. */
export function flushEvents(): Promise<void> {
  if (queue.timer) clearTimeout(queue.timer)
  queue.timer = null
  queue.busy = queue.recent >= busyFrom
  queue.recent = 0
  takeArrived()
  printLines()
  // one writer at a time keeps ids in the order of events
  queue.writing = queue.writing.then(write)
  return queue.writing
}

/** Writes what waited during an outage. @returns how many events */
async function writeLate(): Promise<number> {
  takeArrived()
  const late = unwritten()
  await flushEvents()
  noteRoom()
  return late - Math.min(late, unwritten())
}

/**
 * Calls `listener` after each write of a function, with whether it contained anything but successful calls and
 * the self-check's requests.
 */
export function onWritten(listener: Written): void {
  queue.onWritten = listener
}

async function writeOfFunction(): Promise<void> {
  await sleep(flushAfterMs.quiet)
  queue.ofFunction = null
  takeArrived()
  const { hasNews } = queue
  queue.hasNews = false
  await flushEvents()
  await queue.onWritten(hasNews)
}

/** A timer of a function may never fire: the platform waits only for promises that it was given. */
const writeBesideAnswer = (): void =>
  afterAnswer(() => {
    queue.ofFunction ??= writeOfFunction()
    return queue.ofFunction
  })

/** Adds what has happened, to be described, printed and written with the next batch. */
export function add(arrived: Arrived): void {
  queue.recent += 1
  if (queue.arrived.push(arrived) >= groupSize) takeArrived()
  const { quiet, busy } = flushAfterMs
  if (env().isServerless) writeBesideAnswer()
  else queue.timer ??= setTimeout(() => void flushEvents(), queue.busy ? busy : quiet)
}

/** How many events wait to be described and written. */
export const waitingEvents = (): number => queue.arrived.length + unwritten()
