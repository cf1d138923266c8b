import 'server-only'
import type { NewEvent } from '@/lib/events/fields'
import { processWide } from '@/lib/process-wide'
import { isAwayError, isUnavailable } from '@/lib/runtime/database-errors'
import { logError } from '@/lib/runtime/log'
import { isAway, suspectOutage } from '@/lib/store/database/availability'
import { type EventMark, insertRunsJson, isEventStored } from '@/lib/store/events/events'
import { type RunItem, runItem, runsOf } from './runs'
import { isCall, wakeReaders } from './wake'

/** Writes described events in batches and in their order, each once; what fails waits for the next time. */

const largestBatch = 500
/** A limit, so that an outage of the database does not exhaust the memory. */
const maxWaiting = 20_000

/** A described event that waits to be written. */
type Waiting = RunItem & EventMark & { readonly isCall: boolean }

class Writer {
  readonly waiting: Waiting[] = []
  /** how many, from the front, may already be written: the answer was lost */
  inDoubt = 0
  dropped = 0
  /** whether a full queue was already logged */
  isFull = false
}

const writer = processWide('recorder-writer', () => new Writer())

/** How many described events wait to be written. */
export const unwritten = (): number => writer.waiting.length

/** How many events a full queue or a failing database has cost since the start. */
export const droppedEvents = (): number => writer.dropped

/** Counts an event that will never be written, and logs why. */
export function drop(why: string): void {
  writer.dropped += 1
  logError(`event log: ${why}`)
}

/** Adds an event to those that wait. */
export function wait(event: NewEvent): void {
  if (writer.waiting.length >= maxWaiting) {
    writer.dropped += 1
    if (!writer.isFull) logError(`event log: ${maxWaiting} events wait; further ones are dropped`)
    writer.isFull = true
    return
  }
  const { at, requestId, name } = event
  const { begin, json } = runItem(event)
  writer.waiting.push({ begin, json, at, requestId, name, isCall: isCall(event) })
}

/** After an outage: logs how many found no room, and lets the next full queue be logged. */
export function noteRoom(): void {
  if (writer.isFull) logError(`event log: ${writer.dropped} events in all found no room`)
  writer.isFull = false
}

/** Logs how many events were never written, at the end of a process whose database is away. */
export function logUnwritten(): void {
  const { length } = writer.waiting
  if (length > 0) logError(`event log: ${length} events that waited are lost with this process`)
}

/**
 * Writes the waiting events. Those described meanwhile wait for the next batch: small batches cost more.
 *
 * @returns whether to try again soon
 */
export async function writeWaiting(): Promise<boolean> {
  if (isAway()) return false
  for (let left = writer.waiting.length; left > 0; ) {
    // the first event shows whether it was written, so the batch must stay the same
    const batch = writer.waiting.splice(0, writer.inDoubt || Math.min(left, largestBatch))
    left -= batch.length
    if (!(await writeBatch(batch))) return true
    wakeReaders(batch.every((event) => event.isCall))
  }
  return false
}

/** @returns whether it is written or refused; otherwise it is back at the front of the queue */
async function writeBatch(batch: readonly Waiting[]): Promise<boolean> {
  try {
    if (writer.inDoubt === 0 || !(await isWritten(batch))) await insertRunsJson(runsOf(batch))
    writer.inDoubt = 0
    return true
  } catch (error) {
    if (isUnavailable(error)) return keep(batch, batch.length, error)
    writer.inDoubt = 0
  }
  return writeOneByOne(batch)
}

/** One event that the database refuses must not affect the rest of its batch. */
async function writeOneByOne(batch: readonly Waiting[]): Promise<boolean> {
  for (const [index, event] of batch.entries()) {
    try {
      await insertRunsJson(runsOf([event]))
    } catch (error) {
      if (isUnavailable(error)) return keep(batch.slice(index), 1, error)
      drop(`${event.name} was not written: ${(error as Error).message}`)
    }
  }
  return true
}

/** Returns a failed batch to the front of the queue. @param sent how many were sent */
function keep(batch: readonly Waiting[], sent: number, error: unknown): false {
  suspectOutage(error)
  // the statement may have succeeded and only the answer been lost
  if (!isAwayError(error)) writer.inDoubt = sent
  writer.waiting.unshift(...batch)
  return false
}

/** Whether a batch without an answer was written: its events are one statement, so all of it or none. */
const isWritten = async ([first]: readonly Waiting[]): Promise<boolean> =>
  first !== undefined && isEventStored(first)
