import 'server-only'
import { Console } from 'node:console'
import { setTimeout as sleep } from 'node:timers/promises'
import { asOwn } from '@/lib/cli/output.mjs'
import { env } from '@/lib/config/env'
import { selfCheckAgent } from '@/lib/events/agent'
import type { EventDetail, EventName } from '@/lib/events/catalogue'
import type { NewEvent } from '@/lib/events/fields'
import { processWide } from '@/lib/process-wide'
import type { Exchange } from '@/lib/recorder/request'
import { emit, hasListeners } from '@/lib/recorder/signals'
import { afterAnswer } from '@/lib/runtime/after'
import { isAwayError, isUnavailable } from '@/lib/runtime/database-errors'
import { logError } from '@/lib/runtime/log'
import { isAway, onRecovery, suspectOutage } from '@/lib/store/database/availability'
import { gathering } from '@/lib/store/events/committed'
import { type EventMark, insertRunsJson, isEventStored } from '@/lib/store/events/events'
import type { Actor, Outcome } from '@/lib/vocabulary'
import { eventLine } from './console'
import { type Observation, observe } from './exchange'
import { FoldWriter } from './fold-writer'
import { Folding } from './folding'
import { type RunItem, runItem, runsOf } from './runs'
import { wakeReaders } from './wake'

/**
 * The longest that events wait to be printed and written together. A busy server waits longer: a batch
 * costs nearly as much for few as for many.
 */
const flushAfterMs = { quiet: 50, busy: 200 }
/** From this many arrivals between two batches on, the server counts as busy. */
const busyFrom = 20
const largestBatch = 500
/**
 * How many are described together, each into a text. One loop over several costs a fraction of describing
 * each within its own request; objects that waited for the batch would survive several young-generation
 * collections, and each would copy them.
 */
const groupSize = 16
/** How soon a failed write is retried, in milliseconds. */
const againAfterMs = 500
/** A limit, so that an outage of the database does not exhaust the memory. */
const maxWaiting = 20_000

/** `isStored` when it was written with its change, and only needs printing. */
type Arrived = { readonly describe: Observation; readonly isStored: boolean }

/** A described event that waits to be written. */
type Waiting = RunItem & EventMark & { readonly isCall: boolean }

type Queue = {
  readonly arrived: Arrived[]
  /** arrivals since the last batch */
  recent: number
  /** text to print, without its last line break */
  lines: string
  waiting: Waiting[]
  busy: boolean
  timer: NodeJS.Timeout | null
  writing: Promise<void>
  dropped: number
  /** whether anything that may change a verdict was described since the last notification */
  hasNews: boolean
  /** how many, from the front of the queue, may already be written: the answer was lost */
  inDoubt: number
  /** whether a full queue was already logged */
  isFull: boolean
  again: NodeJS.Timeout | null
}

const queue = processWide(
  'recorder',
  (): Queue => ({
    arrived: [],
    recent: 0,
    lines: '',
    waiting: [],
    busy: false,
    timer: null,
    writing: Promise.resolve(),
    dropped: 0,
    hasNews: false,
    inDoubt: 0,
    isFull: false,
    again: null,
  }),
)
processWide('recorder-late', () => onRecovery(() => writeLate()))

/** How often to check which counts of folds are due, in milliseconds. */
const foldsEveryMs = 1000

const folds = processWide('recorder-folds', () => {
  const folding = new Folding()
  return { folding, writer: new FoldWriter(folding), timer: null as NodeJS.Timeout | null }
})

/** Continues while a run of strangers is active; on serverless, after the responses. */
function watchFolds(): void {
  if (env().isServerless) return
  folds.timer ??= setTimeout(() => {
    folds.timer = null
    void flushEvents()
    if (folds.folding.isActive) watchFolds()
  }, foldsEveryMs).unref()
}

/** Writes the counts of folds. @param all includes those not yet due */
async function writeFolds(all: boolean): Promise<void> {
  // the events that they count for are written first
  if (isAway() || queue.waiting.length > 0) return
  try {
    await folds.writer.write(Date.now(), all || env().isServerless)
  } catch (error) {
    if (isUnavailable(error)) suspectOutage(error)
    else logError(`event log: counts were not written: ${(error as Error).message}`)
  }
  logEnded(false)
}

function logEnded(all: boolean): void {
  for (const line of folds.writer.endedLines(Date.now(), all)) addLine(line)
}

/** Ends the folds of a stopping process: writes and logs their counts. */
export async function endFolds(): Promise<void> {
  await flushEvents()
  await writeFolds(true)
  logEnded(true)
  printLines()
}

function addLine(line: string): void {
  queue.lines += queue.lines === '' ? line : `\n${line}`
}

function logFull(): void {
  if (!queue.isFull) logError(`event log: ${maxWaiting} events wait; further ones are dropped`)
  queue.isFull = true
}

/** Bypasses what Next adds to a page's console. */
const plain = new Console(process.stdout, process.stderr)

const isCall = ({ name, outcome }: NewEvent): boolean => name === 'mcp.called' && outcome === 'ok'

function describe(arrived: Arrived): void {
  const event = arrived.describe()
  if (hasListeners('event')) emit('event', event)
  if (arrived.isStored) {
    noteNews(event)
    addLine(eventLine(event))
    for (const earlier of folds.folding.release(event)) wait(earlier)
    return
  }
  for (const written of folds.folding.take(event)) {
    if (written.fold !== undefined) watchFolds()
    noteNews(written)
    addLine(eventLine(written))
    wait(written)
  }
}

function noteNews(event: NewEvent): void {
  queue.hasNews ||= !isCall(event) && event.agent !== selfCheckAgent
}

function wait(event: NewEvent): void {
  if (queue.waiting.length >= maxWaiting) {
    queue.dropped += 1
    logFull()
    return
  }
  const { begin, json } = runItem(event)
  const { at, requestId, name } = event
  queue.waiting.push({ begin, json, at, requestId, name, isCall: isCall(event) })
}

/** Describes what has arrived. One that cannot be described must not affect the others. */
function takeArrived(): void {
  for (const one of queue.arrived.splice(0)) {
    try {
      describe(one)
    } catch (error) {
      queue.dropped += 1
      logError(`event log: one event could not be described: ${(error as Error).message}`)
    }
  }
}

/** Prints the described lines with one system call. */
function printLines(): void {
  if (queue.lines !== '') asOwn(() => plain.log(queue.lines))
  queue.lines = ''
}

/** One event that the database refuses must not affect the rest of its batch. */
async function writeOneByOne(batch: readonly Waiting[]): Promise<boolean> {
  for (const [index, event] of batch.entries()) {
    try {
      await insertRunsJson(runsOf([event]))
    } catch (error) {
      if (isUnavailable(error)) return keep(batch.slice(index), 1, error)
      queue.dropped += 1
      logError(`event log: ${event.name} was not written: ${(error as Error).message}`)
    }
  }
  return true
}

/** Writes the waiting events. Those described meanwhile wait for the next batch: small batches cost more. */
async function writeWaiting(): Promise<void> {
  if (isAway()) return
  for (let left = queue.waiting.length; left > 0; ) {
    // the first event shows whether it was written, so the batch must stay the same
    const batch = queue.waiting.splice(0, queue.inDoubt || Math.min(left, largestBatch))
    left -= batch.length
    if (!(await writeBatch(batch))) return
    wakeReaders(batch.every((event) => event.isCall))
  }
  await writeFolds(false)
}

/** Called when a function has written its request's events, and may do more after the response. */
type Written = (hasNews: boolean) => Promise<void>

const written = processWide(
  'recorder-written',
  (): { call: Written; soon: Promise<void> | null } => ({ call: async () => {}, soon: null }),
)

/**
 * Calls `listener` after each write of a function, with whether it contained anything but successful calls and
 * the self-check's requests.
 */
export function onWritten(listener: Written): void {
  written.call = listener
}

async function writeOfFunction(): Promise<void> {
  await sleep(flushAfterMs.quiet)
  written.soon = null
  takeArrived()
  const { hasNews } = queue
  queue.hasNews = false
  await flushEvents()
  await written.call(hasNews)
}

/** A timer of a function may never fire: the platform waits only for promises that it was given. */
const writeBesideAnswer = (): void =>
  afterAnswer(() => {
    written.soon ??= writeOfFunction()
    return written.soon
  })

/** @returns whether it is written or refused; otherwise it is back at the front of the queue */
async function writeBatch(batch: readonly Waiting[]): Promise<boolean> {
  try {
    if (queue.inDoubt === 0 || !(await isWritten(batch))) await insertRunsJson(runsOf(batch))
    queue.inDoubt = 0
    return true
  } catch (error) {
    if (isUnavailable(error)) return keep(batch, batch.length, error)
    queue.inDoubt = 0
  }
  return writeOneByOne(batch)
}

/** Returns a failed batch to the front of the queue, to be retried soon. @param sent how many were sent */
function keep(batch: readonly Waiting[], sent: number, error: unknown): false {
  suspectOutage(error)
  // the statement may have succeeded and only the answer been lost
  if (!isAwayError(error)) queue.inDoubt = sent
  queue.waiting.unshift(...batch)
  queue.again ??= setTimeout(() => {
    queue.again = null
    void flushEvents()
  }, againAfterMs)
  queue.again.unref()
  return false
}

/** Whether a batch without an answer was written: its events are one statement, so all of it or none. */
const isWritten = async ([first]: readonly Waiting[]): Promise<boolean> =>
  first !== undefined && isEventStored(first)

/** Writes what waited during an outage. @returns how many events */
async function writeLate(): Promise<number> {
  takeArrived()
  const late = queue.waiting.length
  await flushEvents()
  if (queue.isFull) logError(`event log: ${queue.dropped} events in all found no room`)
  queue.isFull = false
  return late - Math.min(late, queue.waiting.length)
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
  queue.writing = queue.writing.then(writeWaiting)
  return queue.writing
}

function add(arrived: Arrived): void {
  queue.recent += 1
  if (queue.arrived.push(arrived) >= groupSize) takeArrived()
  const { quiet, busy } = flushAfterMs
  if (env().isServerless) writeBesideAnswer()
  else queue.timer ??= setTimeout(() => void flushEvents(), queue.busy ? busy : quiet)
}

/** Logs how many events were never written, at the end of a process whose database is away. */
export function logUnwritten(): void {
  const { length } = queue.waiting
  if (length > 0) logError(`event log: ${length} events that waited are lost with this process`)
}

/** How many events a full queue or a failing database has cost since the start. */
export const droppedEvents = (): number => queue.dropped

/** How many events wait to be described and written. */
export const waitingEvents = (): number => queue.arrived.length + queue.waiting.length

/**
 * Records an observation: it is printed and written with the next batch, and never slows or breaks the
 * response that it describes.
 */
export function record<N extends EventName>(
  exchange: Exchange,
  name: N,
  status: number | undefined,
  detail: EventDetail<N>,
  outcome?: Outcome,
): void {
  exchange.recorded += 1
  add({ describe: observe(exchange, name, status, detail, outcome), isStored: false })
}

/** Describes an event of an exchange, to be written with a change. @param status of the response */
export type Tell = <N extends EventName>(
  name: N,
  detail: EventDetail<N>,
  status?: number,
  outcome?: Outcome,
) => NewEvent

/**
 * Stores a change together with its events. They are printed and streamed once they are committed; events
 * of a failed change are dropped.
 *
 * @param store gets a function that describes an event, to be written in the transaction of the change, and
 *   the actor, for the audit trail
 * @returns the result of `store`
 */
export function commit<Result>(
  exchange: Exchange,
  store: (tell: Tell, actor: Actor) => Promise<Result>,
): Promise<Result> {
  const tell: Tell = (name, detail, status, outcome) =>
    observe(exchange, name, status, detail, outcome)()
  const actor = { userId: exchange.ids.userId ?? null, address: exchange.address }
  return gathering(
    () => store(tell, actor),
    (events) => announce(exchange, events),
  )
}

function announce(exchange: Exchange, events: readonly NewEvent[]): void {
  exchange.recorded += events.length
  if (events.length > 0) wakeReaders(events.every(isCall))
  for (const event of events) add({ describe: () => event, isStored: true })
}
