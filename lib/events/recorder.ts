import 'server-only'
import { Console } from 'node:console'
import { processWide } from '@/lib/process-wide'
import { insertEvents, type NewEvent } from '@/lib/store/events'
import { notify } from '@/lib/store/notifications'
import type { EventDetail, EventName } from './catalogue'
import { consoleLine } from './console'
import { describe, type Exchange, type Outcome } from './exchange'

/** Observations wait here for at most this long before they are written together. */
const flushAfterMs = 50
const largestBatch = 500
/** The readers of the live feed are woken so soon after something is written, and not more often. */
const wake = { afterMs: 20, everyMs: 200 }
/** Beyond this, a database that is down must not become memory that runs out. */
const mostWaiting = 20_000

type Queue = {
  waiting: NewEvent[]
  timer: NodeJS.Timeout | null
  writing: Promise<void>
  waking: NodeJS.Timeout | null
  wokenAt: number
  dropped: number
}

const queue = processWide(
  'recorder',
  (): Queue => ({
    waiting: [],
    timer: null,
    writing: Promise.resolve(),
    waking: null,
    wokenAt: 0,
    dropped: 0,
  }),
)

/** Only tests/bench turns it off, before the start, to measure what it costs. */
const recording = processWide('recording', () => ({ isOn: true }))

/** Lines are written together, after at most this long: a system call for each is dear. */
const printAfterMs = 50
/** Past what Next adds to the console of a page. */
const plain = new Console(process.stdout, process.stderr)
const lines: string[] = []

function writeLines(): void {
  if (lines.length === 0) return
  plain.log(lines.join('\n'))
  lines.length = 0
}

function print(event: NewEvent): void {
  if (lines.push(consoleLine(event)) === 1) setTimeout(writeLines, printAfterMs)
}

/**
 * Wakes the readers on every instance, after the commit: a NOTIFY within would make transactions
 * wait for one another's flush to disk. A wake-up that is lost costs a reader a moment.
 */
function wakeReaders(): void {
  const due = Math.max(wake.afterMs, queue.wokenAt + wake.everyMs - Date.now())
  queue.waking ??= setTimeout(() => {
    queue.waking = null
    queue.wokenAt = Date.now()
    notify('portico_events', '').catch(() => undefined)
  }, due)
}

/** One event that the database refuses must not take the others of its batch along. */
async function writeOneByOne(batch: readonly NewEvent[]): Promise<void> {
  for (const event of batch) {
    try {
      await insertEvents([event])
    } catch (error) {
      queue.dropped += 1
      console.error(`event log: ${event.name} was not written: ${(error as Error).message}`)
    }
  }
}

async function writeWaiting(): Promise<void> {
  while (queue.waiting.length > 0) {
    const batch = queue.waiting.splice(0, largestBatch)
    await insertEvents(batch).catch(() => writeOneByOne(batch))
    wakeReaders()
  }
}

/** Writes everything that waits; resolves when it is written or counted as dropped. */
export function flushEvents(): Promise<void> {
  // a process that stops may have no further turn
  writeLines()
  if (queue.timer) clearTimeout(queue.timer)
  queue.timer = null
  // one writer at a time keeps the order of ids that of the events
  queue.writing = queue.writing.then(writeWaiting)
  return queue.writing
}

function enqueue(event: NewEvent): void {
  if (queue.waiting.length >= mostWaiting) {
    queue.dropped += 1
    return
  }
  queue.waiting.push(event)
  queue.timer ??= setTimeout(() => void flushEvents(), flushAfterMs)
}

/** How many events were lost to a full queue or a failing database since the start. */
export const droppedEvents = (): number => queue.dropped

/**
 * Records an observation: it is printed now and written with the next batch, and never slows or
 * breaks the answer it tells of.
 */
export function record<N extends EventName>(
  exchange: Exchange,
  name: N,
  status: number | undefined,
  detail: EventDetail<N>,
  outcome?: Outcome,
): void {
  exchange.recorded += 1
  if (!recording.isOn) return
  const event = describe(exchange, name, status, detail, outcome)
  enqueue(event)
  print(event)
}

/** Tells of events that a transaction has just committed: they are written, and printed only now. */
export function announce(exchange: Exchange, events: readonly NewEvent[]): void {
  exchange.recorded += events.length
  if (events.length > 0) wakeReaders()
  for (const event of events) print(event)
}
